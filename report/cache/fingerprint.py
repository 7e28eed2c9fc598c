"""The inputs of a file as one SHA-256: the facts' bytes, the composed document, the program and its libraries."""

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
"""The libraries whose versions change the files."""
_PACKAGE = Path(__file__).resolve().parents[1]


@functools.cache
def program() -> str:
    """Return the fingerprint of this program, of Python and of the libraries that write files."""
    versions = [f"{name} {metadata.version(name)}" for name in LIBRARIES]
    return _joined([platform.python_version(), platform.system(), platform.machine(), *versions, _folder(_PACKAGE)])


def inputs(workspace: Workspace, organisations: Iterable[str]) -> str:
    """Return the fingerprint of every input of some organisations' documents."""
    roots = (*workspace.template_roots, *workspace.profile_roots, bundled_templates(), bundled_profiles())
    folders = [_folder(workspace.data / name) for name in organisations]
    shared = _files(workspace.data, workspace.data.glob("*.y*ml"))
    return _joined([program(), *folders, shared, *map(_folder, dict.fromkeys(roots))])


def organisation(workspace: Workspace, name: str, shared: str) -> str:
    """Return the fingerprint of the inputs of an organisation's documents; `shared` is that of the inputs all organisations share."""
    return _joined([shared, _folder(workspace.data / name)])


def row(base: str, id_: str, cells: Iterable[str]) -> str:
    """Return the fingerprint of a table's row: of its cells, and of its base."""
    return _joined([base, id_, *cells])


def document(document: Document, job: Job, rules: Iterable[str] = ()) -> str:
    """Return the fingerprint of a composed document, of its job, and of the rules that it is checked against."""
    look = document.look
    parts: list[Any] = [
        program(), job.formats, document.title, document.language, document.kind, document.html, document.date.isoformat(),
        document.author, document.description, look.theme, dict(look.tokens), dict(look.inks), look.styles,
        json.dumps(dict(look.word), sort_keys=True, default=str),
        [repr(shape) for shape in look.cover],
        [(f.role, f.family, f.weight, f.italic, file(f.path)) for f in look.fonts],
        [(name, file(path)) for name, path in sorted(document.assets.items())],
        [(a.name, hashlib.sha256(a.content).hexdigest(), a.description) for a in document.attachments],
        [(name, repr(drawing)) for name, drawing in sorted(document.drawings.items())],
        repr(document.workbook), repr(document.printing), [repr(text) for text in document.fitted.values()],
        list(rules),
    ]  # fmt: skip
    return _joined([json.dumps(part, sort_keys=True, default=str) for part in parts])


def file(path: Path) -> str:
    """Return the fingerprint of a file's bytes."""
    return files.digest(path)


def _folder(base: Path) -> str:
    """Return the fingerprint of all files below a folder; links to folders are followed, as the loader follows them.

    Of a folder that was visited before, through a link that points back, only the name counts.
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
    return _files(base, paths)


def _files(base: Path, paths: Iterable[Path]) -> str:
    """Return the fingerprint of files by their names below `base` and their bytes; compiled Python is left out."""
    parts = []
    for path in sorted(paths):
        name = path.relative_to(base).as_posix()
        if path.is_dir():
            parts.append(f"{name}/")
        elif path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".#"):
            parts.append(f"{name} {file(path)}")
    return _joined(parts)


def _joined(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(os.fsencode(part) + b"\0")  # a file's name may not be UTF-8
    return digest.hexdigest()
