"""What a sheet of paper cannot have: links, tags, outlines, forms. It is counted, so that it is dropped knowingly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pikepdf
from pikepdf import Object, Page

from report.press.pdf.objects import dictionary, entries, linked
from report.press.pdf.opening import OpenPdf
from report.values import Location, Problem, ReportError, Severity

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
"""The most outline entries, annotations of a page or attached files that are counted."""
_EFFORT = 10_000_000
"""The squares of all pages' numbers of notes and form fields, added up."""


def dropped(opened: OpenPdf) -> dict[str, int]:
    """Count what will not be on the sheets, and draw notes and form fields into the pages, as printing does.

    Links have no look of their own and go; what is filled in a form is seen and must not be lost. Raise `ReportError` where there are
    so many that drawing them would take for ever.
    """
    counts: Counter[str] = Counter()
    effort = 0
    for page in opened.pdf.pages:
        of_page = Counter(_annotations(page))
        effort += (of_page["notes"] + of_page["fields"]) ** 2  # qpdf looks for each one's name among all others
        counts += of_page
    if effort > _EFFORT:
        number = counts["notes"] + counts["fields"]
        message = f"has {number:,} notes and form fields: too many to be drawn into the pages"
        hint = "print it to PDF from a reader, which draws them"
        raise ReportError.of("pdf.limit", message, Location(opened.path), hint)
    root = opened.pdf.Root
    counts["outline"] = sum(
        1 for _ in linked(dictionary(root.get("/Outlines")).get("/First"), ("/Next", "/First"), _MOST)
    )
    counts["attachments"] = _attached(root)
    counts["tags"] = int(root.get("/StructTreeRoot") is not None)
    counts["protection"] = int(opened.pdf.is_encrypted)
    if counts["notes"] or counts["fields"]:
        opened.pdf.flatten_annotations("print")
    return {kind: counts[kind] for kind in (*KINDS, *WHOLE) if counts[kind]}


def note(opened: OpenPdf, counts: dict[str, int]) -> Iterator[Problem]:
    """Yield a note that names what was dropped, with its count."""
    if not counts:
        return
    names = ", ".join(WHOLE.get(kind) or f"{number:,} {_word(kind, number)}" for kind, number in counts.items())
    drawn = "; notes and form fields are printed as they look" if counts.keys() & {"notes", "fields"} else ""
    message = f"left off the sheets, which are only for printing: {names}{drawn}"
    yield Problem(Severity.NOTE, "impose.dropped", message, Location(opened.path), "give readers the file itself")


def _word(kind: str, number: int) -> str:
    one = KINDS[kind]
    if number == 1:
        return one
    return f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"


def _annotations(page: Page) -> Iterator[str]:
    kinds = {pikepdf.Name.Link: "links", pikepdf.Name.Widget: "fields"}
    for annotation in entries(page.obj.get("/Annots"), _MOST):
        if isinstance(annotation, pikepdf.Dictionary):
            kind = annotation.get("/Subtype")
            if kind != pikepdf.Name.Popup:  # the window of another one
                yield next((word for name, word in kinds.items() if kind == name), "notes")


def _attached(root: Object) -> int:
    """Count the attached files in their tree of names (ISO 32000-2 7.9.6), each node of it once."""
    nodes = linked(dictionary(root.get("/Names")).get("/EmbeddedFiles"), ("/Kids",), _MOST)
    return min(sum(len(entries(node.get("/Names"), 2 * _MOST)) // 2 for node in nodes), _MOST)
