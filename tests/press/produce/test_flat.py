"""PDF/X-1a has no transparency: pictures are laid on what is below them, anything else is an error."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream
from PIL import Image, ImageDraw

from report.press.produce import produce
from report.profiles.load import Shop
from report.values import ReportError, Severity
from tests.press.produce import support

_FLAT = "PDF/X-1a"


def _logo(soft: bool) -> Image.Image:
    made = Image.new("RGBA", (60, 60), (194, 69, 30, 0))
    ImageDraw.Draw(made).ellipse((5, 5, 55, 55), fill=(194, 69, 30, 255))
    if soft:
        made.putpixel((30, 0), (194, 69, 30, 128))
    return made


def _is_flat(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        for each in pdf.objects:
            if isinstance(each, Stream):
                assert not {"/SMask", "/Group"} & set(each.keys())
            for told in support.dictionaries(each):
                assert not {"/SMask", "/ca", "/CA", "/BM", "/Group"} & set(told.keys())


def test_a_page_without_transparency_passes(tmp_path: Path, shop: Shop) -> None:
    photo = support.uri(support.photograph(), "JPEG")
    body = f'<p>Text</p><p style="background: linear-gradient(#0f3d4c, #c2451e)">x</p><img src="{photo}">'
    source = support.laid_out(tmp_path / "s.pdf", body)
    assert produce(source, tmp_path / "x.pdf", shop, support.order(standard=_FLAT)) == ()
    _is_flat(tmp_path / "x.pdf")
    assert support.text(tmp_path / "x.pdf") == support.text(source)


def test_a_hard_edge_becomes_a_stencil(tmp_path: Path, shop: Shop) -> None:
    body = f'<img style="image-rendering: crisp-edges" src="{support.uri(_logo(False))}">'
    source = support.laid_out(tmp_path / "s.pdf", body, "body {background: #0f3d4c} img {width: 20mm}")
    assert produce(source, tmp_path / "x.pdf", shop, support.order(standard=_FLAT)) == ()
    _is_flat(tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        ((image, pixels),) = support.pictures(pdf)
        assert image.Mask.ImageMask and pixels.getpixel((30, 30)) == (0, 204, 217, 51)


@pytest.mark.parametrize("ground", ["#ffffff", "#0f3d4c"])
def test_a_soft_edge_is_laid_on_what_is_below_it(ground: str, tmp_path: Path, shop: Shop) -> None:
    body = f'<p>One</p><div><img style="image-rendering: crisp-edges" src="{support.uri(_logo(True))}"></div>'
    style = f"div {{background: {ground}; break-before: page; padding: 2mm}} img {{width: 20mm}}"
    source = support.laid_out(tmp_path / "s.pdf", body, style)
    (problem,) = produce(source, tmp_path / "x.pdf", shop, support.order(standard=_FLAT))
    assert (problem.severity, problem.code) == (Severity.WARNING, "print.flattened") and "page 2" in problem.message
    _is_flat(tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        ((_, pixels),) = support.pictures(pdf)
    soft = pixels.getpixel((30, 0))
    assert (soft[3] > 40) is (ground != "#ffffff")  # half of the ground shines through: paper, or deep water blue


@pytest.mark.parametrize(
    ("style", "word"),
    [
        ("p {opacity: .5}", "opacity"),
        ("p {color: rgba(0, 0, 0, .5)}", "opacity"),
        ("p {background: linear-gradient(#0f3d4c, transparent)}", "fades"),
    ],
)
def test_other_transparency_is_an_error_that_says_what_to_do(style: str, word: str, tmp_path: Path, shop: Shop) -> None:
    source = support.laid_out(tmp_path / "s.pdf", "<p>Text</p>", style)
    with pytest.raises(ReportError) as caught:
        produce(source, tmp_path / "x.pdf", shop, support.order(standard=_FLAT))
    problem = next(p for p in caught.value.problems if word in p.message)
    assert problem.code == "print.transparency" and "page 1" in problem.message and "PDF/X-4" in problem.hint
    assert not (tmp_path / "x.pdf").exists()
    assert produce(source, tmp_path / "x.pdf", shop, support.order()) == ()


def test_a_blend_mode_is_transparency(tmp_path: Path, shop: Shop) -> None:
    states = Dictionary(B=Dictionary(BM=Name.Multiply), N=Dictionary(BM=Name.Normal, ca=1))
    source = support.blank(tmp_path / "s.pdf", b"/B gs 0 0 9 9 re f", {"ExtGState": states})
    with pytest.raises(ReportError) as caught:
        produce(source, tmp_path / "x.pdf", shop, support.order(standard=_FLAT))
    assert "blend mode" in caught.value.problems[0].message
    source = support.blank(tmp_path / "s.pdf", b"/N gs 0 0 9 9 re f", {"ExtGState": states})
    assert produce(source, tmp_path / "x.pdf", shop, support.order(standard=_FLAT)) == ()
    _is_flat(tmp_path / "x.pdf")


def test_x_4_keeps_transparency(tmp_path: Path, shop: Shop) -> None:
    source = support.laid_out(tmp_path / "s.pdf", "<p>Text</p>", "p {opacity: .5}")
    produce(source, tmp_path / "x.pdf", shop, support.order())
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert Name.DeviceCMYK == pdf.pages[0].Group.CS
