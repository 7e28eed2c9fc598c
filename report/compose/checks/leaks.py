"""The last look at a redacted edition: whether a name that was taken out still stands in what is about to be written."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from report.html.elements import INLINES
from report.model.privacy.names import Finder
from report.values import Attachment, Drawing, Location, Problem, Severity
from report.values.workbook import Workbook

_ATTRIBUTES = ("alt", "title", "content", "aria-label", "id", "href", "src")
_CODES = frozenset(
    "kind nature body scope by confidence unit better formats editions sections profiles profile requirement theme "
    "currency country represents language languages fallback".split()
)
"""Fields of the attached facts whose values are the program's words, not the facts'."""
_WORD = re.compile(r"[^\W\d_]+")
AROUND = 30
"""So many letters are shown on either side of a name that is found."""
HINT = "remove it there, or write it another way: no redacted file is made"


class Leaks:
    """Searches the parts of one document. `own` are words that the program wrote itself: May is a month, too."""

    def __init__(self, finder: Finder, own: Iterable[str]):
        self._finder = finder
        self._own = frozenset(word.casefold() for text in own for word in _WORD.findall(text))

    def check(
        self,
        root: ET.Element,
        came_from: Mapping[ET.Element, Path],
        attachments: Iterable[Attachment],
        drawings: Iterable[Drawing],
        template: Path,
        workbook: Workbook | None = None,
    ) -> Iterator[Problem]:
        """Yield an error for each name in a document: on its page, in what is attached, in what is drawn, in its workbook."""
        yield from self.page(root, came_from, template)
        yield from self.attached(attachments, template)
        yield from self.drawn(drawings, template)
        yield from self.sheets(workbook, template) if workbook else ()

    def page(self, root: ET.Element, came_from: Mapping[ET.Element, Path], template: Path) -> Iterator[Problem]:
        """Yield an error for each name in the text and the attributes of a composed page."""
        for element, text in _runs(root):
            for name in self._names(text):
                yield _fault(name, f"on the page: “{_around(text, name)}”", Location(came_from.get(element, template)))
        for element in root.iter():
            for attribute in _ATTRIBUTES:
                value = element.get(attribute) or ""
                for name in self._names(value):
                    where = Location(came_from.get(element, template))
                    yield _fault(name, f"in the {attribute} of {element.tag}: “{_around(value, name)}”", where)

    def attached(self, attachments: Iterable[Attachment], template: Path) -> Iterator[Problem]:
        """Yield an error for each name in the facts that are attached."""
        for attachment in attachments:
            for path, value in _values(json.loads(attachment.content)):
                for name in self._names(value):
                    yield _fault(name, f"in {attachment.name}, {path}: “{_around(value, name)}”", Location(template))

    def drawn(self, drawings: Iterable[Drawing], template: Path) -> Iterator[Problem]:
        """Yield an error for each name in a drawing."""
        for drawing in drawings:
            for path, value in _values(dataclasses.asdict(drawing)):
                for name in self._names(value):
                    yield _fault(
                        name, f"in the drawing {drawing.id}, {path}: “{_around(value, name)}”", Location(template)
                    )

    def sheets(self, workbook: Workbook, template: Path) -> Iterator[Problem]:
        """Yield an error for each name in a workbook."""
        for sheet in workbook.sheets:
            for text in (cell.value for row in sheet.rows for cell in row if isinstance(cell.value, str)):
                for name in self._names(text):
                    yield _fault(name, f"in the sheet {sheet.name}: “{_around(text, name)}”", Location(template))

    def _names(self, text: str) -> Iterator[str]:
        if text.startswith(("http://", "https://", "mailto:", "tel:")):
            found: Iterable[str] = filter(None, [self._finder.within(text)])
        else:
            found = self._finder.each(text)
        for name in dict.fromkeys(found):
            if not {word.casefold() for word in _WORD.findall(name)} <= self._own:
                yield name


def _runs(root: ET.Element) -> Iterator[tuple[ET.Element, str]]:
    """Yield the text of each block, words in inline elements included: a name may be half of it in italics."""
    runs: dict[ET.Element, list[str]] = {}

    def walk(element: ET.Element, block: ET.Element) -> None:
        block = block if element.tag in INLINES else element
        runs.setdefault(block, []).append(element.text or "")
        for child in element:
            walk(child, block)
            runs[block].append(f"\n{child.tail or ''}" if child.tag == "br" else child.tail or "")

    walk(root, root)
    yield from ((block, " ".join("".join(pieces).split())) for block, pieces in runs.items())


def _values(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of plain values with the way to it, but for those that are codes of the program."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _CODES:
                yield from _values(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from _values(item, f"{path}.{place}")


def _around(text: str, name: str) -> str:
    at = max(text.find(name), 0)
    return " ".join(text[max(0, at - AROUND) : at + len(name) + AROUND].split())


def _fault(name: str, place: str, where: Location) -> Problem:
    message = f"the name “{name}” is still in the redacted edition, {place}"
    return Problem(Severity.ERROR, "redacted.name", message, where, HINT)
