"""Read the content of a tagged PDF by its structure tree, as a screen reader does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf

from tests.parity.content import Content, tidy

_MARKER = re.compile(r"[●○◆•◦▪–\-\s]*|[0-9a-zA-Zа-я]{1,4}[.)]\s*")


class _Reader:
    def __init__(self, pdf: Any):
        self.runs: dict[tuple[int, int], list[dict]] = {}
        for page in pdf.pages:
            for char in page.chars:
                if char.get("mcid") is not None:
                    self.runs.setdefault((page.page_number, char["mcid"]), []).append(char)
        self.content = Content()

    def chars(self, element: dict, page: int, root: bool = True) -> Iterator[tuple[int, dict]]:
        """Yield (page, character) in reading order; generated content, notes and list markers are passed over."""
        page = element.get("page_number") or page
        kind = element["type"]
        if kind == "Figure" and element.get("alt_text"):  # read instead of what is drawn
            return
        if kind == "Reference" or (kind == "Note" and not root) or element.get("actual_text"):
            return
        if kind == "Lbl" and _MARKER.fullmatch(tidy(c["text"] for c in self._all(element, page))):
            return
        for mcid in element.get("mcids", []):
            for char in self.runs.get((page, mcid), []):
                yield page, char
        for child in element.get("children", []):
            yield from self.chars(child, page, root=False)

    def _all(self, element: dict, page: int) -> Iterator[dict]:
        for mcid in element.get("mcids", []):
            yield from self.runs.get((page, mcid), [])
        for child in element.get("children", []):
            yield from self._all(child, child.get("page_number") or page)

    def text(self, element: dict, page: int) -> str:
        """Return an element's text; a new line or a gap is a space, unless the line ends in a hyphen."""
        parts: list[str] = []
        before: tuple[int, dict] | None = None
        for place, char in self.chars(element, page):
            if (
                before
                and _apart(before, (place, char))
                and not (before[1]["text"] in "-‐/" and _next_line(before, (place, char)))
            ):
                parts.append(" ")
            parts.append(char["text"])
            before = (place, char)
        return tidy(parts)

    def walk(self, element: dict, page: int = 0) -> None:
        page = element.get("page_number") or page
        kind = element["type"]
        if kind == "Note":
            self.content.notes.append(self.text(element, page).split())
        elif len(kind) == 2 and kind[0] == "H":
            self.content.headings.append((int(kind[1]), self.text(element, page)))
        elif kind == "Table":
            rows = [e for e in _below(element, {"TR"}) if e["type"] == "TR"]
            self.content.tables.append(
                [[self.text(c, page) for c in r.get("children", []) if c["type"] in ("TD", "TH")] for r in rows]
            )
        elif kind == "Figure":
            self.content.pictures.append(element.get("alt_text", ""))
        for child in element.get("children", []):
            self.walk(child, page)


def _below(element: dict, kinds: set[str]) -> Iterator[dict]:
    """Yield descendants of these kinds, not looking inside inner tables."""
    for child in element.get("children", []):
        if child["type"] in kinds:
            yield child
        elif child["type"] != "Table":
            yield from _below(child, kinds)


def _next_line(before: tuple[int, dict], after: tuple[int, dict]) -> bool:
    return before[0] != after[0] or after[1]["x0"] < before[1]["x0"]


def _apart(before: tuple[int, dict], after: tuple[int, dict]) -> bool:
    (page, one), (other_page, other) = before, after
    size = max(one["size"], other["size"])
    shared = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    if page != other_page or shared < 0.3 * min(one["height"], other["height"]):
        return True
    gap = other["x0"] - one["x1"]
    return gap > 0.25 * size or other["x0"] < one["x0"] - 0.5


def read(path: Path) -> Content:
    """Return the content of a tagged PDF."""
    with pdfplumber.open(path) as pdf:
        reader = _Reader(pdf)
        for element in pdf.structure_tree:
            reader.content.words += reader.text(element, 0).split()
            reader.walk(element)
        content = reader.content
    content.links = list(_links(path))
    with pikepdf.open(path) as file:
        shapes = list(_grids(file.Root.StructTreeRoot))
    assert len(shapes) == len(content.tables)
    content.tables = [_filled(shape, table) for shape, table in zip(shapes, content.tables, strict=True)]
    return content


def _filled(shape: list[list[bool]], table: list[list[str]]) -> list[list[str]]:
    """Return a table with its empty cells, which pdfplumber passes over."""
    texts = iter([cell for row in table for cell in row if cell])
    filled = [[next(texts) if said else "" for said in row] for row in shape]
    assert next(texts, None) is None
    return filled


def _grids(element: Any) -> Iterator[list[list[bool]]]:
    """Yield, for each table, which cells of which row have content."""
    for kid in _elements(element):
        if kid.S == "/Table":
            yield [[_has_content(cell) for cell in _elements(row)] for row in _rows(kid)]
        yield from _grids(kid)


def _rows(element: Any) -> Iterator[Any]:
    for kid in _elements(element):
        if kid.S == "/TR":
            yield kid
        elif kid.S in ("/THead", "/TBody", "/TFoot"):
            yield from _rows(kid)


def _elements(element: Any) -> Iterator[Any]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _has_content(element: Any) -> bool:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary) or kid.get("/Type") == "/MCR":
            return True
        if "/S" in kid and _has_content(kid):
            return True
    return False


def _links(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each link's target, in the order of the structure tree: what the Link elements point to."""
    with pikepdf.open(path) as pdf:
        yield from _link_targets(pdf.Root.StructTreeRoot)


def _link_targets(element: Any) -> Iterator[tuple[str, str]]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            continue
        if kid.get("/Type") == "/OBJR":
            yield "", _target(kid.Obj)
        elif kid.get("/S") == "/Link":  # a link over two lines has two annotations
            yield from dict.fromkeys(_link_targets(kid))
        elif "/S" in kid:
            yield from _link_targets(kid)


def _target(annotation: Any) -> str:
    action = annotation.get("/A")
    if action is not None and "/URI" in action:
        return str(action.URI)
    destination = annotation.get("/Dest")
    if destination is None and action is not None:
        destination = action.get("/D")
    return "#" + (str(destination) if isinstance(destination, pikepdf.String) else "")
