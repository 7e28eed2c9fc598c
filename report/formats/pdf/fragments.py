"""Join what a page break split: one paragraph, list or table of the source is one structure element.

WeasyPrint tags each page's part of an element by itself, and a table's repeated header as if it were said again.
Here the parts become one element, and repeated headers become artifacts (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2).
Works on a `pydyf.PDF` before it is written, on elements that know their source box (`report.formats.pdf.tags`).
"""

from __future__ import annotations

import re
from typing import Any

import pydyf

from report.formats.pdf.tree import adopt, kids, resolve

_MARK = re.compile(rb"<<\s*/MCID (\d+)\s*>>")


def join(pdf: Any) -> None:
    """Join the parts of every element, and take repeated table headers out of the tree."""
    root = resolve(pdf, resolve(pdf, pdf.catalog["StructTreeRoot"])["K"][0])
    work = _Joining(pdf)
    work.children(root)
    work.settle()


class _Joining:
    def __init__(self, pdf: Any):
        self.pdf = pdf
        self.moved: dict[bytes, bytes] = {}
        self.headers: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.artifacts: dict[bytes, set[int]] = {}

    def children(self, element: Any) -> None:
        """Join neighbours of the same source below `element`, from the top down."""
        kept: list[Any] = []
        before: Any = None
        for reference, kid in kids(self.pdf, element):
            origin = getattr(kid, "origin", None)
            if (
                origin is not None
                and before is not None
                and origin is getattr(before, "origin", None)
                and kid["S"] == before["S"]
            ):
                self._absorb(before, kid)
                continue
            kept.append(reference)
            before = kid if isinstance(kid, dict) and kid.get("Type") == "/StructElem" else None
        element["K"] = pydyf.Array(kept)
        for _, kid in kids(self.pdf, element):
            if isinstance(kid, dict) and kid.get("Type") == "/StructElem":
                self.children(kid)

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
        self.moved[other.reference] = first.reference

    def _join_cells(self, first: Any, other: Any) -> None:
        """Join the parts of each cell of a row that breaks: between them stand those of its other cells."""
        begun = {
            id(origin): kid for _, kid in kids(self.pdf, first) if (origin := getattr(kid, "origin", None)) is not None
        }
        for reference, kid in list(kids(self.pdf, other)):
            if (cell := begun.get(id(getattr(kid, "origin", None)))) is not None:
                self._absorb(cell, kid)
                other["K"].remove(reference)

    def _drop_header(self, first: Any, other: Any) -> None:
        """Make an artifact of a table header that is printed again on a further page."""
        repeated = [
            reference for reference, kid in kids(self.pdf, other) if isinstance(kid, dict) and kid.get("S") == "/THead"
        ]
        for reference in repeated:
            head = resolve(self.pdf, reference)
            self.headers[f"{other.number}-"] = f"{first.number}-"
            self.rows[f"{other.number}-"] = len(head["K"])
            self._to_artifact(head)
            other["K"].remove(reference)

    def _to_artifact(self, element: Any) -> None:
        for kid in element["K"]:
            if isinstance(kid, int):
                self.artifacts.setdefault(element["Pg"], set()).add(kid)
            else:
                found = resolve(self.pdf, kid)
                if found.get("Type") == "/StructElem":
                    self._to_artifact(found)
        element["K"] = pydyf.Array()

    def settle(self) -> None:
        """Bring the parent tree, the cells' headers and the page streams into line with the joined tree."""
        tree = resolve(self.pdf, resolve(self.pdf, self.pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
        for index in range(1, len(tree), 2):
            owners = tree[index]
            if isinstance(owners, list):
                owners[:] = [self._final(owner) for owner in owners]
            else:
                tree[index] = self._final(owners)
        for element in self.pdf.objects:
            if self.headers and isinstance(element, dict) and element.get("S") == "/TD":
                headers = element["A"].get("Headers", ())
                element["A"]["Headers"] = pydyf.Array([pydyf.String(self._header(name.string)) for name in headers])
        for page, marks in self.artifacts.items():
            self._unmark(resolve(self.pdf, page), marks)

    def _header(self, name: str) -> str:
        """Return the identifier of a header cell ("table-row-column"), of the first header for one printed again."""
        table, row, _ = name.rsplit("-", 2)
        again = f"{table}-"
        return (
            name.replace(again, self.headers[again], 1)
            if again in self.headers and int(row) < self.rows[again]
            else name
        )

    def _final(self, owner: Any) -> Any:
        while owner in self.moved:
            owner = self.moved[owner]
        return owner

    def _unmark(self, page: Any, marks: set[int]) -> None:
        stream = resolve(self.pdf, page["Contents"]).stream
        for index, operand in enumerate(stream):
            data = getattr(operand, "data", operand)
            found = _MARK.fullmatch(data) if isinstance(data, bytes) else None
            if found and int(found[1]) in marks:
                stream[index - 1 : index + 2] = [b"/Artifact", b"", b"BMC"]
