"""Semantic HTML -> Word: headings, lists, tables, footnotes and contents that are Word's own (ECMA-376).

`write` is the whole interface; `schema` documents ``word.yaml``, which says how elements look.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report import files
from report.formats.collector import quiet_collector
from report.formats.docx import body, fonts, package, source, styles, theme
from report.formats.docx.writer import full_tag
from report.values import Artifact, Document


def write(document: Document, target: Path, anchors: Mapping[str, int] | None = None) -> Artifact:
    """Write `document` to `target`, whole or not at all; raise `ReportError` for what Word cannot say.

    `anchors` maps heading ids to page numbers, as a layout found them; they fill the contents until Word counts anew.
    """
    with quiet_collector():
        content = render(document, anchors)
    return Artifact(target, "docx", files.replace(target, content))


def render(document: Document, pages: Mapping[str, int] | None = None) -> bytes:
    """Return the bytes of the Word file; equal documents give equal bytes."""
    parsed = source.read(document.tree)
    look = theme.resolve(document.look, document.tree.is_rtl)
    file = package.open_base()
    written = body.write(document, look, parsed, file, pages)
    language = full_tag(document.language)
    styles.write(file.part.styles.element, look, language, written.toc_level, written.direction)
    fonts.embed(file, document.look.fonts)
    styles.language(file.part.settings.element, language, written.direction)
    package.describe(file, document.title, document.author, document.description, language, document.date)
    return package.write(file, document.date)
