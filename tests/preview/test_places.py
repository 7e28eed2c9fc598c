"""Texts are found where they stand: across lines, columns and pages, in order, and never inside another word."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
import pytest
import weasyprint

from report.preview import places
from report.preview.places import PageText

_NARROW = "hyphens: auto; width: 30mm; text-transform: uppercase"
LONG = (
    "The lantern keepers walk the harbour wall each evening and light what the storm has put out, whatever the weather."
)


def pages(html: str, style: str = "@page { size: 100mm 60mm; margin: 5mm }") -> list[PageText]:
    pdf = pypdfium2.PdfDocument(io.BytesIO(weasyprint.HTML(string=f"<style>{style}</style>{html}").write_pdf()))
    return [PageText(page) for page in pdf]


def found(made: Sequence[PageText], *printed: str) -> list[tuple[int, int]]:
    """Return the page of each place that is found, and the number of the text that it belongs to."""
    return sorted((page, number) for page, number, _ in places.find(made, enumerate(printed)))


def test_a_text_is_found_across_the_ends_of_lines() -> None:
    ((_, _, boxes),) = places.find(pages(f"<p>Before. <b>{LONG}</b> After."), [("", LONG)])
    assert len(boxes) >= 3
    assert all(0 <= one.left < one.right <= 1 and 0 <= one.top < one.bottom <= 1 for one in boxes)
    assert [one.top for one in boxes] == sorted(one.top for one in boxes)


def test_capitals_of_a_style_sheet_and_hyphens_do_not_hide_a_text() -> None:
    made = pages(f'<p style="{_NARROW}" lang="en">{LONG}', "@page { size: 100mm 250mm }")
    assert found(made, LONG) == [(0, 0)]


def test_a_text_that_goes_on_on_the_next_page_has_a_place_on_both() -> None:
    made = pages(f'<div style="height: 35mm"></div><p style="orphans: 1; widows: 1">{LONG} {LONG}')
    assert len(made) == 2
    assert found(made, f"{LONG} {LONG}") == [(0, 0), (1, 0)]


def test_equal_texts_go_to_their_places_in_order() -> None:
    made = pages("<p>Harbour association</p><p style='break-before: page'>Harbour association")
    assert found(made, "Harbour association", "Harbour association") == [(0, 0), (1, 1)]


def test_a_text_inside_a_longer_one_is_the_longer_ones() -> None:
    made = pages("<p>Harbour association of the north coast</p><p>Harbour association</p>")
    assert found(made, "Harbour association", "Harbour association of the north coast") == [(0, 0), (0, 1)]


@pytest.mark.parametrize("page", ["<p>Recently 2013 things", "<p>2013 and 2013 again", "<p>in 20131"])
def test_a_short_text_counts_only_where_it_is_found_as_often_as_it_is_printed(page: str) -> None:
    assert found(pages(page), "2013") == ([(0, 0)] if page.count("2013 ") == 1 else [])


def test_a_text_is_not_found_inside_a_word() -> None:
    assert found(pages("<p>Metropolitan associationism"), "politan association") == []


def test_cyrillic_and_letters_of_two_capitals_are_found() -> None:
    made = pages("<p>Сдружение „Фар“ работи за пристанищата<p>Die Straße zum Leuchtturm am großen Hafen")
    assert found(made, "Сдружение „Фар“ работи за пристанищата", "Die Straße zum Leuchtturm am großen Hafen") == [
        (0, 0),
        (0, 1),
    ]
