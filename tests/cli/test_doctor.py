"""`report doctor` on this machine, and in processes whose loader really cannot load a library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest
from click.testing import CliRunner

from report.cli import doctor
from report.formats import libraries
from report.values import Severity

ROOT = Path(__file__).resolve().parents[2]
RUN = "from report.cli.doctor import command; command()"
linux = pytest.mark.skipif(sys.platform != "linux", reason="LD_LIBRARY_PATH is Linux's")
here = pytest.mark.skipif(bool(libraries.missing_libraries()), reason="this machine has no Pango")


def without(folder: Path, *sonames: str) -> dict[str, str]:
    """Return an environment in which the loader meets damaged files under these names first, and gives up."""
    for name in sonames:
        (folder / name).write_text("not a library")
    return {**os.environ, "LD_LIBRARY_PATH": os.fspath(folder), "PYTHONPATH": os.fspath(ROOT)}


def python(code: str, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@here
def test_a_good_machine_has_status_0():
    result = CliRunner().invoke(doctor.command)
    assert result.exit_code == 0, result.output
    assert "Pango 1." in result.output and "HarfBuzz" in result.output
    assert not [p for p in doctor.machine_problems() if p.severity is Severity.ERROR]


@here
def test_json_says_the_same():
    result = CliRunner().invoke(doctor.command, ["--format", "json"])
    told = json.loads(result.output)
    assert [t["name"] for t in told] == ["Python", "WeasyPrint", "Fonts", "LibreOffice", "Java", "Poppler"]
    assert [t["name"] for t in told if t["problem"]] == [f.name for f in doctor.examine() if f.problem]


@linux
@pytest.mark.parametrize(
    ("soname", "name"),
    [
        ("libpango-1.0.so.0", "Pango"),
        ("libpangoft2-1.0.so.0", "PangoFT2"),
        ("libharfbuzz-subset.so.0", "HarfBuzz subset"),
    ],
)
def test_a_missing_library_has_status_3(soname: str, name: str, tmp_path: Path):
    result = python(RUN, without(tmp_path, soname), "--format", "json")
    assert result.returncode == 3, result.stderr
    assert result.stderr == ""  # WeasyPrint, imported too early, prints its own advice
    (problem,) = [t["problem"] for t in json.loads(result.stdout) if t["name"] == "WeasyPrint"]
    assert problem["code"] == "machine.pango"
    assert name in problem["message"]
    assert problem["hint"]


@linux
def test_require_pango_raises_before_weasyprint_is_imported(tmp_path: Path):
    code = """
import sys
from report.formats.libraries import require_pango
from report.values import MissingSystemLibrary
try:
    require_pango()
except MissingSystemLibrary as error:
    (problem,) = error.problems
    print(error.status, problem.code, "weasyprint" in sys.modules)
"""
    result = python(code, without(tmp_path, "libpango-1.0.so.0"))
    assert result.stdout.split() == ["3", "machine.pango", "False"], result.stderr


@linux
def test_the_set_up_gets_the_command_from_the_same_place(tmp_path: Path):
    script = ROOT / "report" / "formats" / "libraries.py"
    environment = without(tmp_path, "libharfbuzz-subset.so.0")
    result = subprocess.run(
        [sys.executable, "-S", "-P", script], env=environment, capture_output=True, text=True, check=False
    )
    known = libraries.manager() is not None
    assert result.returncode == (1 if known else 3), result.stderr
    if libraries.manager() == "apt-get":  # only what is missing, not all of Pango
        assert result.stdout.strip() == "apt-get install -y --no-install-recommends libharfbuzz-subset0"


def test_programs_that_are_not_there_are_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    monkeypatch.setattr(doctor, "_MAC_OFFICE", tmp_path / "none")
    notes = [p for p in doctor.machine_problems() if p.severity is Severity.NOTE]
    assert {p.code for p in notes} == {"machine.libreoffice", "machine.java", "machine.poppler"}
    assert all(p.hint for p in notes)


@pytest.mark.skipif(os.name == "nt", reason="makes shell scripts")
@pytest.mark.parametrize(
    ("said", "good"), [('openjdk version "17.0.1"', True), ('java version "1.8.0_202"', False), ("no Java", False)]
)
def test_java_is_asked_for_its_version(said: str, good: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stub = tmp_path / "java"
    stub.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    codes = {p.code for p in doctor.machine_problems()}
    assert ("machine.java" not in codes) is good


@pytest.mark.parametrize("which", libraries.INSTALL)
def test_every_package_manager_has_a_command_for_everything(which: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(libraries, "manager", lambda things=(): which)
    for thing in libraries.PACKAGES:
        command = libraries.install_command(thing)
        assert command and command.startswith(libraries.INSTALL[which])
    both = libraries.install_command("pango", "pangoft2")
    assert len(set(both.split())) == len(both.split())  # what one package holds is named once


def test_no_known_package_manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    assert libraries.install_command("pango") is None
    assert "pango" in libraries.install_hint("pango")


def test_homebrew_is_searched(monkeypatch: pytest.MonkeyPatch):
    folders = ["/usr/lib"]
    dyld = types.SimpleNamespace(DEFAULT_LIBRARY_FALLBACK=folders)
    monkeypatch.setattr(sys, "platform", "darwin")
    # Debian's Python comes without the macOS part of ctypes.
    monkeypatch.setitem(sys.modules, "ctypes.macholib", types.SimpleNamespace(dyld=dyld))
    libraries._widen_search()
    libraries._widen_search()
    assert folders == ["/usr/lib", "/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib"]
    assert libraries.manager() == "brew"
