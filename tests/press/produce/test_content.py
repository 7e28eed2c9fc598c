"""Content streams operator by operator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from report.press.produce import produce
from report.profiles.load import Shop
from tests.press.produce import support

_PALETTE = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\x0f\x3d\x4c\xff\xff\xff")])
_TINT = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 0.4, 1, 0])
_SPACES = Dictionary(
    Cal=Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])]),
    Grey=Array([Name.CalGray, Dictionary(WhitePoint=[0.95, 1, 1.09])]),
    Few=_PALETTE,
    Spot=Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, _TINT]),
)


def _content(tmp_path: Path, shop: Shop, content: bytes, standard: str = "PDF/X-4", **resources: Any) -> str:
    """Return the content of the page's form, one operator a line."""
    source = support.blank(tmp_path / "s.pdf", content, resources)
    produce(source, tmp_path / "x.pdf", shop, support.order(standard=standard))
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        return pdf.pages[0].Resources.XObject.Page.read_bytes().decode("latin-1").partition("0 0 0 1 K\n")[2]


@pytest.mark.parametrize(
    ("content", "result"),
    [
        (b"0.058824 0.239216 0.298039 rg", ".7 .2 0 .75 k"),
        (b"0.058824 0.239216 0.298039 RG", ".7 .2 0 .75 K"),
        (b"0 g 1 G", "0 0 0 1 k 0 0 0 0 K"),
        (b"1 1 0.6 0.6 k", ".923 .923 .5538 .6 k"),
        (b"/DeviceRGB cs 1 1 1 sc", "0 0 0 1 k 0 0 0 0 k"),
        (b"/Cal CS 0.058824 0.239216 0.298039 SCN", "0 0 0 1 K .7 .2 0 .75 K"),
        (b"/Grey cs 0.5 scn", "0 0 0 1 k 0 0 0 .5 k"),
        (b"/Few cs 0 sc 1 sc", ".7 .2 0 .75 k .7 .2 0 .75 k 0 0 0 0 k"),
        (b"/Spot cs 0.5 scn", "0 .4 1 0 k 0 .2 .5 0 k"),
        (b"/DeviceCMYK cs 0 0 0 1 scn", "0 0 0 1 k 0 0 0 1 k"),
        (b"/Span <</MCID 0>> BDC 0 g EMC /A BMC EMC /B MP", "0 0 0 1 k"),
        (b"1 w [1 2] 0 d 0 0 m 5 5 l S", "1 w [ 1 2 ] 0 d 0 0 m 5 5 l S"),
    ],
)
def test_colour_operators(content: bytes, result: str, tmp_path: Path, shop: Shop) -> None:
    found = _content(tmp_path, shop, content, ColorSpace=_SPACES)
    assert found.replace("0.", ".").split() == result.split()


@pytest.mark.parametrize(
    ("before", "over"),
    [
        ("0 g", True),
        ("0.5 g", False),
        ("1 g", False),
        ("1 1 1 rg", False),
        ("0.058824 0.239216 0.298039 rg", False),
        ("0.113725 0.164706 0.188235 rg", True),
        ("0 g 1 G 2 Tr", False),
        ("0 g 0 G 2 Tr", True),
        ("1 g 0 G 1 Tr", True),
        ("0 g 3 Tr", False),
        ("0 g /Half gs", False),
        ("0 g q /Half gs Q", True),
        ("0 g q 1 g Q", True),
        ("0 g /Loud gs", True),
        ("/Pattern cs /P scn", False),
    ],
)
def test_what_overprints(before: str, over: bool, tmp_path: Path, shop: Shop) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    states = Dictionary(Half=Dictionary(ca=0.5), Loud=Dictionary(op=True, OP=True, OPM=1, SA=True))
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 9, 9], Function=_grey())
    patterns = Dictionary(P=Dictionary(PatternType=2, Shading=shading))
    content = f"{before} BT /F 9 Tf (text) Tj ET 0 0 9 9 re f"
    named = {"Font": Dictionary(F=font), "ExtGState": states, "Pattern": patterns}
    found = _content(tmp_path, shop, content.encode(), **named).split()
    assert ("/TextOver" in found) is over
    if over:  # and it ends before anything else is painted
        assert found.index("/TextOver") < found.index("Tj") < found.index("/TextBack") < found.index("f")


def _grey() -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0], C1=[1])


def test_a_pattern_without_colour_takes_it_in_inks(tmp_path: Path, shop: Shop) -> None:
    source = support.blank(tmp_path / "b.pdf", b"/Of cs 0.760784 0.270588 0.117647 /P scn 0 0 50 50 re f")
    with pikepdf.open(source) as pdf:
        cell = Stream(pdf, b"0 0 2 2 re f")
        for key, value in {
            "PatternType": 1,
            "PaintType": 2,
            "TilingType": 1,
            "BBox": [0, 0, 4, 4],
            "XStep": 4,
            "YStep": 4,
        }.items():
            cell[f"/{key}"] = value
        space = Array([Name.Pattern, Name.DeviceRGB])
        pdf.pages[0].Resources = Dictionary(Pattern=Dictionary(P=cell), ColorSpace=Dictionary(Of=space))
        pdf.save(tmp_path / "s.pdf")
    produce(tmp_path / "s.pdf", tmp_path / "x.pdf", shop, support.order())
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        form = pdf.pages[0].Resources.XObject.Page
        assert "/Uncoloured cs\n0 .8 .85 .2 /P scn" in form.read_bytes().decode().replace("0.", ".")
        assert form.Resources.ColorSpace.Uncoloured == Array([Name.Pattern, Name.DeviceCMYK])


def test_the_drawings_of_a_font_are_converted(tmp_path: Path, shop: Shop) -> None:
    source = support.blank(tmp_path / "b.pdf", b"BT /F 9 Tf (a) Tj ET")
    with pikepdf.open(source) as pdf:
        glyph = Stream(pdf, b"9 0 d0 0.760784 0.270588 0.117647 rg 0 0 9 9 re f")
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 9, 9], FontMatrix=[0.1, 0, 0, 0.1, 0, 0], FirstChar=97,
            LastChar=97, Widths=[9], Encoding=Dictionary(Differences=[97, Name.a]), CharProcs=Dictionary(a=glyph),
        )  # fmt: skip
        pdf.pages[0].Resources = Dictionary(Font=Dictionary(F=font))
        pdf.save(tmp_path / "s.pdf")
    produce(tmp_path / "s.pdf", tmp_path / "x.pdf", shop, support.order())
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        made = pdf.pages[0].Resources.XObject.Page.Resources.Font.F
        assert made.CharProcs.a.read_bytes().decode().replace("0.", ".").split("\n")[:2] == ["9 0 d0", "0 .8 .85 .2 k"]


def test_two_spot_inks_with_a_calculated_tint_are_converted(tmp_path: Path, shop: Shop) -> None:
    content = b"/Of cs 1 0.5 scn 0 0 50 50 re f"
    with pikepdf.open(support.blank(tmp_path / "b.pdf", content)) as pdf:
        tint = Stream(pdf, b"{ % two spot inks become two of the four\n 0 0 4 2 roll }")
        for key, value in {"FunctionType": 4, "Domain": [0, 1, 0, 1], "Range": [0, 1] * 4}.items():
            tint[f"/{key}"] = value
        space = Array([Name.DeviceN, Array([Name.Gold, Name.Silver]), Name.DeviceCMYK, pdf.make_indirect(tint)])
        pdf.pages[0].Resources = Dictionary(ColorSpace=Dictionary(Of=space))
        pdf.save(tmp_path / "s.pdf")
    assert produce(tmp_path / "s.pdf", tmp_path / "x.pdf", shop, support.order()) == ()
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert b"0 0 1 .5 k" in pdf.pages[0].Resources.XObject.Page.read_bytes().replace(b"0.5", b".5")
