"""What a sheet of paper cannot have: links, tags, outlines, forms. It is counted, so that it is dropped knowingly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from report.values import Location, Problem, Severity

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

    from report.press.open import Opened

KINDS = {
    "links": "link",
    "notes": "annotation",
    "fields": "form field",
    "outline": "outline entry",
    "attachments": "attached file",
}
"""What is counted, and how one of it is called."""
WHOLE = {"tags": "the tags", "protection": "its author's restrictions"}
"""What a file has or has not."""
_MOST = 100_000
"""No more outline entries or attached files are counted."""


def dropped(opened: Opened) -> dict[str, int]:
    """Count what will not be on the sheets, and draw notes and form fields into the pages, as printing does.

    Links have no look of their own and go; what is filled in a form is seen and must not be lost.
    """
    counts: Counter[str] = Counter()
    for page in opened.pdf.pages:
        counts.update(_annotations(page))
    root = opened.pdf.Root
    counts["outline"] = sum(1 for _ in _entries(root.get("/Outlines")))
    counts["attachments"] = _attached(opened.pdf)
    counts["tags"] = int("/StructTreeRoot" in root)
    counts["protection"] = int(opened.pdf.is_encrypted)
    if counts["notes"] or counts["fields"]:
        opened.pdf.flatten_annotations("print")
    return {kind: counts[kind] for kind in (*KINDS, *WHOLE) if counts[kind]}


def note(opened: Opened, counts: dict[str, int]) -> Iterator[Problem]:
    """Yield a note that names what was dropped, with its count."""
    if not counts:
        return
    said = ", ".join(WHOLE.get(kind) or f"{number:,} {_word(kind, number)}" for kind, number in counts.items())
    drawn = "; notes and form fields are printed as they look" if counts.keys() & {"notes", "fields"} else ""
    message = f"not on the sheets, which are for printing alone: {said}{drawn}"
    yield Problem(Severity.NOTE, "impose.dropped", message, Location(opened.path), "give readers the file itself")


def _word(kind: str, number: int) -> str:
    one = KINDS[kind]
    if number == 1:
        return one
    return f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"


def _annotations(page: Page) -> Iterator[str]:
    import pikepdf

    kinds = {pikepdf.Name.Link: "links", pikepdf.Name.Widget: "fields"}
    found = page.obj.get("/Annots")
    for annotation in found if isinstance(found, pikepdf.Array) else ():
        if isinstance(annotation, pikepdf.Dictionary):
            kind = annotation.get("/Subtype")
            if kind != pikepdf.Name.Popup:  # the window of another one
                yield next((word for name, word in kinds.items() if kind == name), "notes")


def _entries(outlines: Object | None) -> Iterator[Object]:
    """Yield the entries of an outline (ISO 32000-2 12.3.3), each once."""
    import pikepdf

    waiting, seen = [outlines], set()
    while waiting and len(seen) < _MOST:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in seen:
            continue
        seen.add(node.objgen)
        if node is not outlines:
            yield node
        waiting += [node.get("/First"), node.get("/Next") if node is not outlines else None]


def _attached(pdf: Pdf) -> int:
    return min(len(pdf.attachments), _MOST)
