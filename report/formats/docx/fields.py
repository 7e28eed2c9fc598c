"""Complex fields (ECMA-376 17.16.18): begin, instruction, separator, cached result, end."""

from __future__ import annotations

from report.formats.docx import props
from report.formats.docx.format import PLAIN, Run
from report.formats.ooxml import Element, q, sub

UNKNOWN_PAGE = "–"
"""Stands for a page number that no layout has told yet; it is a digit wide."""


def mark(parent: Element, kind: str, run: Run = PLAIN) -> None:
    """Append one field character: ``begin``, ``separate`` or ``end``."""
    element = sub(parent, "w:r")
    props.run_properties(element, run)
    sub(element, "w:fldChar", fldCharType=kind)


def begin(parent: Element, instruction: str, run: Run = PLAIN) -> None:
    """Append the field up to its result."""
    mark(parent, "begin", run)
    element = sub(parent, "w:r")
    props.run_properties(element, run)
    code = sub(element, "w:instrText")
    code.set(q("xml:space"), "preserve")
    code.text = f" {instruction} "
    mark(parent, "separate", run)


def write(parent: Element, instruction: str, result: str, run: Run = PLAIN) -> None:
    """Append a whole field with the result that is shown until Word computes it again."""
    begin(parent, instruction, run)
    element = sub(parent, "w:r")
    props.run_properties(element, run)
    sub(element, "w:t").text = result
    mark(parent, "end", run)
