"""What PDFium may read is weighed first, however a page's paints are written."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from report.press.pdf.complexity import Complexity
from tests.press.bombs.table import add_page

TIMES, DEPTH = 100, 12


def _forms(pdf: Pdf, paint: bytes) -> Stream:
    """Return a form that paints another one a hundred times, and so on: 10 to the power of 24 in all."""
    form = Stream(pdf, b"0 0 1 1 re f ", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for _ in range(DEPTH):
        resources = Dictionary(XObject=Dictionary({"/X": pdf.make_indirect(form)}))
        form = Stream(pdf, paint * TIMES, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=resources)  # fmt: skip
    return pdf.make_indirect(form)


@pytest.mark.parametrize("paint", [b"/X Do ", b"/X\nDo ", b"/X%c\nDo ", b"/X % one\r% two\r\n Do ", b"/#58 Do "])
def test_forms_within_forms_are_weighed(paint: bytes) -> None:
    with Pdf.new() as pdf:
        add_page(pdf, paint, {"XObject": {"X": lambda pdf: _forms(pdf, paint)}})
        assert not Complexity().readable(pdf.pages[0].obj)


def test_a_paint_that_is_cut_in_two_is_weighed() -> None:
    with Pdf.new() as pdf:
        pieces = Array([pdf.make_indirect(Stream(pdf, part)) for part in (b"/X", b"Do")])
        add_page(pdf, pieces, {"XObject": {"X": lambda pdf: _forms(pdf, b"/X Do ")}})
        assert not Complexity().readable(pdf.pages[0].obj)


def test_a_form_without_resources_takes_those_of_its_page() -> None:
    with Pdf.new() as pdf:
        bare = pdf.make_indirect(Stream(pdf, b"/X Do ", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
        light = pdf.make_indirect(Stream(pdf, b"f ", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
        add_page(pdf, b"/B Do ", {"XObject": {"B": bare, "X": light}})
        add_page(pdf, b"/B Do ", {"XObject": {"B": bare, "X": lambda pdf: _forms(pdf, b"/X Do ")}})
        complexity = Complexity()
        assert complexity.readable(pdf.pages[0].obj) and not complexity.readable(pdf.pages[1].obj)
