"""What is measured on a PDF is what was set in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from report.press.measure import measure
from report.profiles.pages import PageRules, broken
from report.values import ReportError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import weasyprint

    path = tmp_path_factory.mktemp("measured") / "x.pdf"
    html = (
        "<style>@page {size: A4; margin: 20mm; @top-left {content: 'Running head'; font-size: 7.5pt}}"
        " body {margin: 0; font: 11pt serif} .small {font-size: 8pt} .near {margin-left: -8mm} sup {font-size: 5pt}"
        " section {break-before: page}</style><p>Body<sup>1</sup></p><section><p class=small>Small print</p></section>"
        "<section><p class=near>Near the edge</p></section>"
    )
    weasyprint.HTML(string=html).write_pdf(path)
    return path


def test_pages_type_and_margins(made: Path) -> None:
    found = measure(made)
    margins = {m.side: m for m in found.margins}
    assert found.pages == 3 and set(found.sizes) == {(210.0, 297.0)} and found.bytes == made.stat().st_size
    assert found.smallest is not None and (found.smallest.size, found.smallest.page) == (7.5, 1)
    assert margins["left"].page == 3 and margins["left"].width == pytest.approx(12, abs=0.4)
    assert margins["top"].width == pytest.approx(
        24, abs=1.5
    )  # the running head does not count; the first paragraph has a margin


@pytest.mark.parametrize(
    ("body", "size"),
    [
        ("Body<sup>1</sup> and more", 11),
        ("Body<sup>1)</sup>", 11),
        ("<sup>12</sup> a note", 11),
        ("H<sub>2</sub>O", 11),
        ("<table><td style='padding-right: 20pt'>Children<td class=tiny>171</table>", 6),  # figures of a table are type
        ("<p>Page</p><p class=tiny>12</p>", 6),
        ("Body<sup>note</sup>", 5),
    ],
)
def test_only_the_mark_of_a_note_is_no_type_of_its_own(body: str, size: float, tmp_path: Path) -> None:
    import weasyprint

    style = "<style>body {font: 11pt serif} .tiny {font-size: 6pt} sup, sub {font-size: 5pt}</style>"
    weasyprint.HTML(string=f"{style}{body}").write_pdf(tmp_path / "x.pdf")
    found = measure(tmp_path / "x.pdf").smallest
    assert found is not None and found.size == size


@pytest.mark.parametrize(
    ("rules", "word"),
    [
        ({"pages": 2}, "1 more than the 2"),
        ({"smallest_type": Decimal(9)}, "7.5 pt, smaller than 9 pt"),
        ({"margins": Decimal(15)}, "left edge of page 3"),
        ({"megabytes": Decimal("0.0001")}, "MB, more than"),
        ({"paper": "A5"}, "not A5"),
    ],
)
def test_each_rule_bites(rules: dict, word: str, made: Path) -> None:
    ((said, tolerated),) = broken(PageRules(**rules), measure(made))
    assert word in said and not tolerated
    assert not list(
        broken(
            PageRules(pages=3, smallest_type=Decimal("7.5"), margins=Decimal("11.5"), megabytes=Decimal(1), paper="A4"),
            measure(made),
        )
    )


def test_a_soft_limit_of_pages_is_tolerated_up_to_a_tenth(made: Path) -> None:
    ((_, tolerated),) = broken(PageRules(pages=2, soft=True), measure(made))
    assert not tolerated  # three are half as many again
    found = measure(made)
    ten = type(found)(11, found.bytes, found.sizes, found.smallest, found.margins)
    assert [t for _, t in broken(PageRules(pages=10, soft=True), ten)] == [True]


def test_what_is_no_pdf_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(ReportError) as raised:
        measure(path)
    assert raised.value.problems[0].code == "pdf.unreadable"


@pytest.mark.parametrize(
    ("heads", "said"),
    [(None, [True]), (["A form’s own Running  head"], []), (["Another head"], [False])],
)
def test_of_one_page_a_running_head_is_none_unless_it_is_known(
    heads: list[str] | None, said: list[bool], tmp_path: Path
) -> None:
    """What a Word form's headers say is known; without that, a line near the edge of a single page may be one."""
    import weasyprint

    html = "<style>@page {margin: 20mm; @top-left {content: 'Running head'}} body {font: 11pt serif}</style><p>Body</p>"
    weasyprint.HTML(string=html).write_pdf(tmp_path / "x.pdf")
    rules = PageRules(margins=Decimal(15))
    found = [tolerated for told, tolerated in broken(rules, measure(tmp_path / "x.pdf", heads)) if "top" in told]
    assert found == said
