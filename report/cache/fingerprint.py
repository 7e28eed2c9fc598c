"""What goes into a file as one SHA-256: the facts' bytes, the composed document, the program and its libraries."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import platform
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from report import files
from report.values import Document, Job
from report.workspace import Workspace, bundled_profiles, bundled_templates

LIBRARIES = (
    "babel", "cssselect2", "fonttools", "jinja2", "lxml", "markdown-it-py", "pikepdf", "pillow", "pydantic", "pydyf",
    "pyphen", "python-docx", "pyyaml", "segno", "tinycss2", "tinyhtml5", "vl-convert-python", "weasyprint", "xlsxwriter",
)  # fmt: skip
"""Whose versions change what is written."""
_PACKAGE = Path(__file__).resolve().parents[1]


@functools.cache
def program() -> str:
    """Return the fingerprint of this program, of Python and of the libraries that write."""
    told = [platform.python_version(), platform.system(), platform.machine()]
    told += [f"{name} {metadata.version(name)}" for name in LIBRARIES]
    return _joined([*told, _folder(_PACKAGE)])


def inputs(workspace: Workspace, organisations: Iterable[str]) -> str:
    """Return the fingerprint of every byte that the documents of some organisations are made from."""
    told = [program()]
    for name in organisations:
        told.append(_folder(workspace.data / name))
    told.append(_told(workspace.data, workspace.data.glob("*.y*ml")))
    for root in dict.fromkeys(
        (*workspace.template_roots, *workspace.profile_roots, bundled_templates(), bundled_profiles())
    ):
        told.append(_folder(root))
    return _joined(told)


def organisation(workspace: Workspace, name: str, shared: str) -> str:
    """Return the fingerprint of what an organisation's documents are made from; `shared` is that of what all have in common."""
    return _joined([shared, _folder(workspace.data / name)])


def row(base: str, id_: str, cells: Iterable[str]) -> str:
    """Return the fingerprint of a table's row: of its cells, and of the base that it is laid over."""
    return _joined([base, id_, *cells])


def document(made: Document, job: Job, rules: Iterable[str] = ()) -> str:
    """Return the fingerprint of a composed document, of what is to be made of it, and of the rules that it is held against."""
    look = made.look
    told: list[Any] = [
        program(), job.formats, made.title, made.language, made.kind, made.html, made.date.isoformat(), made.author,
        made.description, look.theme, dict(look.tokens), dict(look.inks), look.styles,
        json.dumps(dict(look.word), sort_keys=True, default=str),
        [repr(shape) for shape in look.cover],
        [(f.role, f.family, f.weight, f.italic, file(f.path)) for f in look.fonts],
        [(name, file(path)) for name, path in sorted(made.assets.items())],
        [(a.name, hashlib.sha256(a.content).hexdigest(), a.description) for a in made.attachments],
        [(name, repr(drawing)) for name, drawing in sorted(made.drawings.items())],
        repr(made.workbook), repr(made.printing), [repr(text) for text in made.fitted.values()],
        list(rules),
    ]  # fmt: skip
    return _joined([json.dumps(part, sort_keys=True, default=str) for part in told])


def file(path: Path) -> str:
    """Return the fingerprint of a file's bytes."""
    return files.digest(path)


def _folder(base: Path) -> str:
    """Return the fingerprint of all files below a folder; links to folders are followed, as the loader follows them.

    A folder that was met before, as in a link that leads back, is told by its name alone.
    """
    paths: list[Path] = []
    seen: set[tuple[int, int]] = set()
    for at, folders, names in os.walk(base, followlinks=True):
        state = os.stat(at)
        if (state.st_dev, state.st_ino) in seen:
            folders.clear()
            paths.append(Path(at))
            continue
        seen.add((state.st_dev, state.st_ino))
        folders.sort()
        paths += [Path(at, name) for name in names]
    return _told(base, paths)


def _told(base: Path, paths: Iterable[Path]) -> str:
    """Return the fingerprint of files by their names below `base` and their bytes; compiled Python is left out."""
    told = []
    for path in sorted(paths):
        name = path.relative_to(base).as_posix()
        if path.is_dir():
            told.append(f"{name}/")
        elif path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".#"):
            told.append(f"{name} {file(path)}")
    return _joined(told)


def _joined(parts: Iterable[str]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(os.fsencode(part) + b"\0")  # a file's name may be no UTF-8
    return found.hexdigest()
