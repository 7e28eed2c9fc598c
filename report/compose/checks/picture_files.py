"""The picture files of a document: where they are, and what is wrong with those that cannot be shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from report import pictures
from report.compose.checks.draft import Draft
from report.model.dossier import Dossier
from report.model.suggestions import nearest
from report.values import Location, Problem, Severity
from report.workspace import contained

_SUFFIXES = frozenset({".png", ".jpg", ".jpeg"})
"""Picture files that every format can show."""


def find(root: ET.Element, folders: Iterable[Path]) -> dict[str, Path]:
    """Return the pictures of a tree that can be shown, by their ``src``."""
    sources = {image.get("src", ""): None for image in root.iter("img")}
    files = {source: _file(source, folders) for source in sources if not _is_address(source)}
    return {source: path for source, path in files.items() if path and not _unsuitable(path)}


def problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the pictures of a document, at the facts that name them, or else at the template."""
    named = _places(draft.dossier)
    for image in draft.root.iter("img"):
        source = image.get("src", "")
        for code, message, hint in _problems(image, source, draft):
            problem = draft.error(image, code, message, hint)
            severity = Severity.NOTE if code == "image.profile" else Severity.ERROR
            where = named.get(source) or problem.location
            yield dataclasses.replace(problem, severity=severity, location=where)


def _problems(image: ET.Element, source: str, draft: Draft) -> Iterator[tuple[str, str, str]]:
    """Yield the code, the message and the hint for what is wrong with a picture."""
    if not (image.get("alt") or "").strip():
        yield "image.alt", f"the picture '{source}' has no alternative text", "say in alt what it shows"
    if source in draft.drawings:
        return
    if scheme(source) == "chart":
        hint = nearest(source, draft.drawings, "available:") or "draw it only where it is among figures"
        yield "image.drawn", f"no figure of this document is called '{source}'", hint
    elif _is_address(source):
        hint = "save it in the organisation's folder; nothing is fetched"
        yield "image.url", f"the picture '{source}' is an address", hint
    elif not any(_resolved(folder / source).is_relative_to(folder.resolve()) for folder in draft.folders):
        hint = "copy it into the organisation's folder"
        yield "image.outside", f"the picture '{source}' is outside the workspace", hint
    elif (path := _file(source, draft.folders)) is None:
        yield "image.missing", f"there is no picture '{source}'", f"it is looked for in {draft.folders[0]}"
    elif unsuitable := _unsuitable(path):
        code, reason, hint = unsuitable
        yield code, f"the picture '{source}' {reason}", hint
    elif odd := pictures.odd_colours(path):
        message = f"the colours of '{source}' may come out wrong: {odd}; they are treated as sRGB"
        yield "image.profile", message, "save it in a picture program as sRGB, with its profile embedded"


def _file(source: str, folders: Iterable[Path]) -> Path | None:
    return next((path for folder in folders if (path := contained(folder, source))), None)


def _unsuitable(path: Path) -> tuple[str, str, str] | None:
    """Return the code, the reason and the hint for a picture file that cannot be shown."""
    if path.suffix.lower() not in _SUFFIXES:
        return "image.kind", "is neither PNG nor JPEG", "save it as PNG or JPEG"
    if reason := pictures.unreadable(path):
        return "image.broken", f"cannot be shown: {reason}", "open it in a picture program and save it again"
    return None


def scheme(address: str) -> str | None:
    """Return the scheme of an address, or None for what is no address at all."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return None


def _is_address(source: str) -> bool:
    return scheme(source) != "" or source.startswith("//")


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a link to itself, a name that no file system takes
        return path


def _places(dossier: Dossier) -> dict[str, Location]:
    """Return where the facts name pictures, by their files."""
    places: list[tuple[str, Location | None]] = []
    if logo := dossier.organisation.logo:
        places.append((logo.file, dossier.locate("organisation.yaml", "logo", "file")))
    for number, year in dossier.years.items():
        for index, picture in enumerate(year.year.pictures):
            places.append((picture.file, dossier.locate(f"{number}/year.yaml", "pictures", index, "file")))
        for index, story in enumerate(year.stories):
            if story.picture:
                where = dossier.locate(f"{number}/stories.yaml", "stories", index, "picture", "file")
                places.append((story.picture.file, where))
    return {file: where for file, where in places if where}
