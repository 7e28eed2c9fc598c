"""Complex fields (ECMA-376 17.16.18): begin, instruction, separator, cached result, end."""

from __future__ import annotations

from report.formats.docx.formatting.properties import run_properties
from report.formats.docx.formatting.values import PLAIN_RUN, RunFormat
from report.formats.ooxml import Element, q, sub


def character(parent: Element, kind: str, run: RunFormat = PLAIN_RUN) -> None:
    """Append one field character: ``begin``, ``separate`` or ``end``."""
    element = sub(parent, "w:r")
    run_properties(element, run)
    sub(element, "w:fldChar", fldCharType=kind)


def begin(parent: Element, instruction: str, run: RunFormat = PLAIN_RUN) -> None:
    """Append the field up to its result."""
    character(parent, "begin", run)
    element = sub(parent, "w:r")
    run_properties(element, run)
    code = sub(element, "w:instrText")
    code.set(q("xml:space"), "preserve")
    code.text = f" {instruction} "
    character(parent, "separate", run)


def write(parent: Element, instruction: str, result: str, run: RunFormat = PLAIN_RUN) -> None:
    """Append a whole field with the result that is shown until Word computes it again."""
    begin(parent, instruction, run)
    element = sub(parent, "w:r")
    run_properties(element, run)
    sub(element, "w:t").text = result
    character(parent, "end", run)
