"""Join what a page break split: one paragraph, list or table of the source is one structure element.

WeasyPrint tags each page's part of an element by itself, and a table's repeated header as if it were said again (its issue 2903).
Here the parts become one element, and repeated headers become artifacts (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2).
Works on a `pydyf.PDF` before it is written, on elements that know their source (`builder`).
"""

from __future__ import annotations

import re
from typing import Any

import pydyf

from report.formats.pdf.weasyprint.tags.tree import adopt, is_element, kids, kind, parent_tree, resolve

_MARK = re.compile(rb"<<\s*/MCID (\d+)\s*>>")


def join(pdf: Any) -> None:
    """Join the parts of every element, and remove repeated table headers from the tree."""
    root = resolve(pdf, resolve(pdf, pdf.catalog["StructTreeRoot"])["K"][0])
    parts = _Parts(pdf)
    parts.join_below(root)
    parts.settle()


class _Parts:
    """The parts that were joined: which element each belongs to now, and what became of the headers of tables."""

    def __init__(self, pdf: Any):
        self.pdf = pdf
        self.joined: dict[bytes, bytes] = {}
        self.tables: dict[str, str] = {}
        self.header_rows: dict[str, int] = {}
        self.artifacts: dict[bytes, set[int]] = {}

    def join_below(self, element: Any) -> None:
        """Join neighbours of the same source below `element`, from the top down."""
        references: list[Any] = []
        before: Any = None
        for reference, kid in kids(self.pdf, element):
            origin = getattr(kid, "origin", None)
            if origin is not None and origin is getattr(before, "origin", None) and kid["S"] == before["S"]:
                self._absorb(before, kid)
                continue
            references.append(reference)
            before = kid if is_element(kid) else None
        element["K"] = pydyf.Array(references)
        for _, kid in kids(self.pdf, element):
            if is_element(kid):
                self.join_below(kid)

    def _absorb(self, first: Any, other: Any) -> None:
        if first["S"] == "/Table":
            self._drop_header(first, other)
        if first["S"] == "/TR":
            self._join_cells(first, other)
        for kid in other["K"]:
            if isinstance(kid, int) and other["Pg"] != first["Pg"]:
                kid = pydyf.Dictionary({"Type": "/MCR", "Pg": other["Pg"], "MCID": kid})
            first["K"].append(kid)
            adopt(first, resolve(self.pdf, kid))
        other["K"] = pydyf.Array()
        self.joined[other.reference] = first.reference

    def _join_cells(self, first: Any, other: Any) -> None:
        """Join the parts of each cell of a row that breaks: between them stand those of its other cells."""
        cells = {
            id(origin): kid for _, kid in kids(self.pdf, first) if (origin := getattr(kid, "origin", None)) is not None
        }
        for reference, kid in list(kids(self.pdf, other)):
            if (cell := cells.get(id(getattr(kid, "origin", None)))) is not None:
                self._absorb(cell, kid)
                other["K"].remove(reference)

    def _drop_header(self, first: Any, other: Any) -> None:
        """Make an artifact of a table header that is printed again on a further page."""
        for reference, head in list(kids(self.pdf, other)):
            if kind(head) == "/THead":
                self.tables[f"{other.number}-"] = f"{first.number}-"
                self.header_rows[f"{other.number}-"] = len(head["K"])
                self._to_artifact(head)
                other["K"].remove(reference)

    def _to_artifact(self, element: Any) -> None:
        for _, kid in kids(self.pdf, element):
            if isinstance(kid, int):
                self.artifacts.setdefault(element["Pg"], set()).add(kid)
            elif is_element(kid):
                self._to_artifact(kid)
        element["K"] = pydyf.Array()

    def settle(self) -> None:
        """Bring the parent tree, the cells' headers and the page streams into line with the joined tree."""
        tree = parent_tree(self.pdf)
        for index in range(1, len(tree), 2):
            owners = tree[index]
            if isinstance(owners, list):
                owners[:] = [self._element(owner) for owner in owners]
            else:
                tree[index] = self._element(owners)
        for element in self.pdf.objects:
            if self.tables and kind(element) == "/TD":
                headers = element["A"].get("Headers", ())
                element["A"]["Headers"] = pydyf.Array([pydyf.String(self._header(name.string)) for name in headers])
        for page, marks in self.artifacts.items():
            self._unmark(resolve(self.pdf, page), marks)

    def _header(self, name: str) -> str:
        """Return the identifier of a header cell ("table-row-column"), of the first header for one printed again."""
        table, row, _ = name.rsplit("-", 2)
        again = f"{table}-"
        if again in self.tables and int(row) < self.header_rows[again]:
            return name.replace(again, self.tables[again], 1)
        return name

    def _element(self, owner: Any) -> Any:
        while owner in self.joined:
            owner = self.joined[owner]
        return owner

    def _unmark(self, page: Any, marks: set[int]) -> None:
        stream = resolve(self.pdf, page["Contents"]).stream
        for index, operand in enumerate(stream):
            data = getattr(operand, "data", operand)
            mark = _MARK.fullmatch(data) if isinstance(data, bytes) else None
            if mark and int(mark[1]) in marks:
                stream[index - 1 : index + 2] = [b"/Artifact", b"", b"BMC"]
