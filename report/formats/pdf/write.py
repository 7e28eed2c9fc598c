"""Write a document as PDF, or lay it out without writing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from report import files
from report.formats.libraries import require_pango
from report.formats.pdf.extent import Extent, Layout, Page
from report.values import Artifact, Document, Problem, ReportError


def write(document: Document, target: Path, anchors: Mapping[str, int] | None = None) -> Artifact:
    """Write `document` to `target`; raise `ReportError` with all that WeasyPrint had to say against it.

    Raise `MissingSystemLibrary` on a machine without Pango. The artifact's `anchors` are the page numbers
    of ids, found by this layout; those given are not used.
    """
    require_pango()
    from report.formats.pdf import render
    from report.formats.pdf.weasyprint import measure
    from report.formats.pdf.weasyprint.tags.finish import finish

    with render.laid_out(document) as (pages, errors):
        too_wide = measure.too_wide(pages)
        content = pages.write_pdf(
            pdf_variant=render.VARIANT,
            attachments=_attachments(document),
            finisher=lambda _document, pdf: finish(pdf, document.tree.is_rtl),
        )
    if errors:
        raise ReportError(errors)
    return Artifact(
        path=target,
        format="pdf",
        sha256=files.replace(target, content),
        pages=len(pages.pages),
        anchors=measure.anchors(pages),
        too_wide=too_wide,
    )


def problems(document: Document) -> tuple[Problem, ...]:
    """Return a warning for each correction of WeasyPrint that does not fit the installed version."""
    from report.formats.pdf.weasyprint import outdated

    return tuple(outdated())


def layout(document: Document) -> Layout:
    """Lay `document` out, writing nothing."""
    require_pango()
    from report.formats.pdf import render
    from report.formats.pdf.weasyprint import measure

    with render.laid_out(document) as (pages, _):
        return Layout(measure.anchors(pages), measure.too_wide(pages))


def extent(document: Document) -> Extent:
    """Lay `document` out and return how far its panels reach, writing nothing."""
    require_pango()
    from report.formats.pdf import render
    from report.formats.pdf.weasyprint import measure

    with render.laid_out(document) as (pages, _):
        return Extent(tuple(Page(*each) for each in measure.pages(pages)), measure.anchors(pages))


def _attachments(document: Document) -> list[Any]:
    import weasyprint

    moment = datetime.datetime.combine(document.date, datetime.time(), datetime.UTC)
    return [
        weasyprint.Attachment(
            string=a.content,
            name=a.name,
            description=a.description,
            relationship=a.relationship,
            created=moment,
            modified=moment,
        )
        for a in document.attachments
    ]
