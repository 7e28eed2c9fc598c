"""Semantic HTML -> Word: headings, lists, tables, footnotes and contents that are Word's own (ECMA-376).

`write` is the whole interface; `look.schema` documents ``word.yaml``, which says how elements look. The folders, each of which imports
only those before it: `formatting`, `look`, `package`, `writing`, `drawing`, `text`, `tables`, `blocks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report import files
from report.formats.collector import quiet_collector
from report.formats.docx.blocks import body
from report.formats.docx.formatting.languages import full_tag
from report.formats.docx.look.styles import resolve
from report.formats.docx.package import fonts, package, styles
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
    look, language = resolve(document.look, document.tree.is_rtl), full_tag(document.language)
    file = package.open_base()
    writer = body.write(document, look, file, pages or {})
    styles.write(file.part.styles.element, look, language, writer.toc_level, writer.direction)
    fonts.embed(file, document.look.fonts)
    styles.set_language(file.part.settings.element, language, writer.direction)
    package.describe(file, document.title, document.author, document.description, language, document.date)
    return package.write(file, document.date)
