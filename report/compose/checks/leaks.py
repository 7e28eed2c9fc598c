"""The last look at a redacted edition: whether a name that was taken out still stands in what is about to be written."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from report.compose.checks.draft import Draft
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
"""So many letters are shown on either side of a name."""


class Passage(NamedTuple):
    """A text that is about to be written, where it stands, in words, and the element that it is of."""

    text: str
    place: str
    element: ET.Element | None = None


def problems(draft: Draft) -> Iterator[Problem]:
    """Yield an error for each name in a document: on its page, in what is attached, in what is drawn, in its workbook."""
    if not (draft.removed and draft.removed.names):
        return
    passages = chain(
        page(draft.root),
        attached(draft.attachments),
        drawn(draft.drawings_shown.values()),
        sheets(draft.workbook) if draft.workbook else (),
    )
    own_words = (*draft.labels.said, *draft.writer.said, *draft.own_words)
    for message, element in search(passages, draft.removed, own_words):
        where = Location(draft.template) if element is None else draft.origin(element)
        hint = "remove it there, or write it another way: no redacted file is made"
        yield Problem(Severity.ERROR, "redacted.name", message, where, hint)


def search(
    passages: Iterable[Passage], finder: Finder, own_words: Iterable[str]
) -> Iterator[tuple[str, ET.Element | None]]:
    """Yield a message for each name in a text, and the element. `own_words` the program wrote itself: May is a month, too."""
    own = frozenset(word.casefold() for text in own_words for word in _WORD.findall(text))
    for text, place, element in passages:
        if text.startswith(("http://", "https://", "mailto:", "tel:")):
            names: Iterable[str] = filter(None, [finder.within(text)])
        else:
            names = finder.each(text)
        for name in dict.fromkeys(names):
            if not {word.casefold() for word in _WORD.findall(name)} <= own:
                around = _around(text, name)
                yield f"the name “{name}” is still in the redacted edition, {place}: “{around}”", element


def page(root: ET.Element) -> Iterator[Passage]:
    """Yield the texts and the attributes of a composed page."""
    for element, text in _blocks(root):
        yield Passage(text, "on the page", element)
    for element in root.iter():
        for name in _ATTRIBUTES:
            if value := element.get(name):
                yield Passage(value, f"in the {name} of {element.tag}", element)


def attached(attachments: Iterable[Attachment]) -> Iterator[Passage]:
    """Yield the texts of the facts that are attached."""
    for attachment in attachments:
        for path, value in _values(json.loads(attachment.content)):
            yield Passage(value, f"in {attachment.name}, {path}")


def drawn(drawings: Iterable[Drawing]) -> Iterator[Passage]:
    """Yield the texts of drawings."""
    for drawing in drawings:
        for path, value in _values(dataclasses.asdict(drawing)):
            yield Passage(value, f"in the drawing {drawing.id}, {path}")


def sheets(workbook: Workbook) -> Iterator[Passage]:
    """Yield the texts of a workbook."""
    for sheet in workbook.sheets:
        for cell in chain.from_iterable(sheet.rows):
            if isinstance(cell.value, str):
                yield Passage(cell.value, f"in the sheet {sheet.name}")


def _blocks(root: ET.Element) -> Iterator[tuple[ET.Element, str]]:
    """Yield the text of each block, words in inline elements included: a name may be half of it in italics."""
    blocks: dict[ET.Element, list[str]] = {}

    def walk(element: ET.Element, block: ET.Element) -> None:
        block = block if element.tag in INLINES else element
        blocks.setdefault(block, []).append(element.text or "")
        for child in element:
            walk(child, block)
            blocks[block].append(f"\n{child.tail or ''}" if child.tag == "br" else child.tail or "")

    walk(root, root)
    yield from ((block, " ".join("".join(pieces).split())) for block, pieces in blocks.items())


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
