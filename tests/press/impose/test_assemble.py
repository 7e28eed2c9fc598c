"""Panels are put together to a sheet that is folded."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array

from report.press.impose.assemble import Assembly, Panels, assemble
from report.values import ReportError
from tests.press.pages import INDENT, MM, made, read

WIDTHS = {1: 100, 2: 100, 3: 100, 4: 97, 5: 97, 6: 100}
COLOURS = ["1 0 0", "0 1 0", "0 0 1", "1 1 0", "0 1 1", "1 0 1"]
LEAFLET = Assembly(
    (Panels((5, 6, 1), (97, 100, 100)), Panels((2, 3, 4), (100, 100, 97))),
    height=210,
)


def panels(tmp_path: Path, bleed: float = 3.0, widths: dict[int, int] = WIDTHS) -> Path:
    def panel(pdf: pikepdf.Pdf, page: pikepdf.Page, number: int) -> None:
        b, width, height = bleed * MM, widths[number] * MM, 210 * MM
        page.MediaBox = page.BleedBox = Array([0, 0, width + 2 * b, height + 2 * b])
        page.TrimBox = Array([b, b, width + b, height + b])
        ground = f"{COLOURS[number - 1]} rg 0 0 900 900 re f 0 g\n".encode()
        page.Contents = pdf.make_stream(ground + page.Contents.read_bytes().split(b"Q\n", 1)[1])

    path = tmp_path / "panels.pdf"
    path.write_bytes(made(6, (97 * MM, 210 * MM), bleed=bleed * MM, page=panel))
    return path


def test_a_roll_fold_has_its_flap_where_it_belongs(tmp_path: Path) -> None:
    done = assemble(panels(tmp_path), LEAFLET)
    assert done.folds == ((97, 197), (100, 200)) and done.dropped == {} and done.problems == ()
    outside, inside = read(done.content)
    assert [seen.page for seen in outside] == [5, 6, 1] and [seen.page for seen in inside] == [2, 3, 4]
    assert [(seen.x - INDENT) / MM for seen in outside] == pytest.approx([3, 100, 200], abs=0.01)
    assert [(seen.x - INDENT) / MM for seen in inside] == pytest.approx([3, 103, 203], abs=0.01)
    with pikepdf.open(io.BytesIO(done.content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        for page in pdf.pages:
            for name, box in {"MediaBox": [0, 0, 303, 216], "BleedBox": [0, 0, 303, 216], "TrimBox": [3, 3, 300, 213]}.items():  # fmt: skip
                assert [float(v) / MM for v in page.obj[f"/{name}"]] == pytest.approx(box, abs=0.001), name
            assert not set(page.keys()) & {"/Annots", "/Rotate", "/UserUnit"}


def test_bleed_is_kept_outside_and_cut_at_the_folds(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(assemble(panels(tmp_path), LEAFLET).content)
    picture = document[0].render(scale=4).to_pil().convert("RGB")
    document.close()
    dot = 4 * MM
    y = int(2 * dot)  # in the bleed above the trim
    at = [(v * dot) for v in (0.3, 99.7, 100.3, 199.7, 200.3, 302.7)]
    flap, back, front = ((0, 255, 255), (255, 0, 255), (255, 0, 0))
    assert [picture.getpixel((int(x), y)) for x in at] == [flap, flap, back, back, front, front]


def test_panels_must_be_what_they_should_be(tmp_path: Path) -> None:
    for path, words in [
        (panels(tmp_path, widths={**WIDTHS, 6: 99}), "page 6 is 99.0 × 210.0 mm, its panel 100 × 210 mm"),
        (panels(tmp_path / "..", bleed=2), "page 5 has 2.0 mm of bleed at its left edge; the sheet needs 3 mm"),
    ]:
        with pytest.raises(ReportError) as raised:
            assemble(path, LEAFLET)
        assert raised.value.problems[0].message == words
    with pytest.raises(ReportError, match="has 6 pages; a panel needs page 9"):
        assemble(panels(tmp_path), Assembly((Panels((9,), (100,)),), 210))
    with pytest.raises(ValueError, match="all sides are as wide"):
        assemble(panels(tmp_path), Assembly((Panels((1,), (100,)), Panels((5,), (97,))), 210))
