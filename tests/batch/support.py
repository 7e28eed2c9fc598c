"""Tiny organisations with one short document each, whose template does harm where an organisation's name asks for it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from report.workspace import Workspace
from tests.conftest import ROOT

ORGANISATION = """\
name: {{en: {name}}}
country: {country}
languages: [en]
"""
DOCUMENTS = """\
documents:
  - {{id: slip, kind: slip, title: {{en: Slip}}, languages: [en], formats: [{form}], date: 2026-06-30}}
"""
BODY = """\
{% extends "base.html.j2" %}
{% block body %}{% for section in sections %}{% include "slip/sections/" ~ section ~ ".html.j2" %}{% endfor %}{% endblock %}
"""
SECTION = """\
<section>
<h1>{{ document.title|text }}</h1>
{% if "Endless" in organisation.name|text %}
{% for i in 'x'|list * 99999 %}{% for j in 'x'|list * 99999 %}{% for k in 'x'|list * 99999 %}{% endfor %}{% endfor %}{% endfor %}
{% elif "Huge" in organisation.name|text %}{% set all = namespace(x="x") %}{% for i in range(40) %}{% set all.x = all.x ~ all.x %}{% endfor %}{{ all.x|length }}
{% elif "Wrong" in organisation.name|text %}{{ organisation.nothing.at_all }}
{% elif "Slow" in organisation.name|text %}{% for i in range(400) %}{% for j in 'x'|list * 9999 %}{% endfor %}{% endfor %}
{% endif %}
<p>{{ organisation.name|text }}</p>
</section>
"""


def tiny(root: Path, *names: str, form: str = "xlsx") -> Workspace:
    """Write a workspace of organisations org-01, org-02, … of these names."""
    for number, name in enumerate(names, 1):
        write(root, f"org-{number:02}", name, form=form)
    kind = root / "templates" / "slip"
    (kind / "sections").mkdir(parents=True)
    (kind / "kind.yaml").write_text("name: {en: Slip, bg: Бележка}\nsections: [only]\n", "utf-8")
    (kind / "sections" / "only.html.j2").write_text(SECTION, "utf-8")
    (kind / "body.html.j2").write_text(BODY, "utf-8")
    return Workspace.at(root)


def write(root: Path, id_: str, name: str, country: str = "BG", form: str = "xlsx") -> None:
    """Write one organisation."""
    folder = root / "data" / id_
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "organisation.yaml").write_text(ORGANISATION.format(name=name, country=country), "utf-8")
    (folder / "documents.yaml").write_text(DOCUMENTS.format(form=form), "utf-8")


@contextlib.contextmanager
def begun(root: Path, *arguments: str, command: str = "batch") -> Iterator[subprocess.Popen[str]]:
    """Begin ``report batch`` (or another command) in a session of its own; end it, if a test has not seen to that."""
    # a shell that started the tests in the background would have Ctrl-C ignored in all that they begin
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "from report.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, command, "-w", str(root), *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def batch(root: Path, *arguments: str) -> tuple[int, str, str]:
    """Run ``report batch``; return its status and what it printed."""
    with begun(root, *arguments) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def told(root: Path, name: str = "manifest.jsonl") -> list[dict[str, Any]]:
    """Return the manifest's lines of documents."""
    lines = (root / "output" / name).read_text("utf-8").splitlines()
    return [found for line in lines if "job" in (found := _json(line))]


def _json(line: str) -> dict[str, Any]:
    with contextlib.suppress(ValueError):
        return json.loads(line)
    return {}


def left(root: Path) -> list[Path]:
    """Return the temporary files that a workspace holds, and locks."""
    output = root / "output"
    marks = (".building-*", ".record-*", "*.lock", ".*.xlsx.*")
    return [path for mark in marks for path in output.rglob(mark)]


def in_session(session: int) -> list[int]:
    """Return the processes of a session that are there, but for those that only wait to be asked after."""
    return [process for process, (of, state) in _processes() if of == session and state != "Z"]


def _processes() -> Iterator[tuple[int, tuple[int, str]]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            words = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            yield int(stat.parent.name), (int(words[3]), words[0])


def until(true: Callable[[], object], seconds: float = 60) -> bool:
    """Wait until something is true; say whether it became so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False
