"""A source that is no sound page is told of, never half printed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import ImageCms

from report.press.produce import produce
from report.profiles.load import Shop
from report.values import Problem, ReportError
from tests.press.produce import support


def _problems(source: Path, shop: Shop) -> tuple[Problem, ...]:
    target = source.with_name("not-made.pdf")
    with pytest.raises(ReportError) as caught:
        produce(source, target, shop, support.order())
    assert not target.exists()
    assert all(p.location is not None and p.location.path == source and p.hint for p in caught.value.problems)
    return caught.value.problems


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\ntrailer <</Root 1 0 R>>\n%%EOF"])
def test_no_pdf(content: bytes, tmp_path: Path, shop: Shop) -> None:
    (tmp_path / "s.pdf").write_bytes(content)
    assert _problems(tmp_path / "s.pdf", shop)[0].code == "print.source"


def test_a_file_that_is_not_there(tmp_path: Path, shop: Shop) -> None:
    assert _problems(tmp_path / "none.pdf", shop)[0].code == "print.source"


def test_half_a_file(tmp_path: Path, shop: Shop) -> None:
    source = support.laid_out(tmp_path / "s.pdf", "text")
    source.write_bytes(source.read_bytes()[:-3000])
    assert _problems(source, shop)[0].code == "print.source"


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_file(password: str, tmp_path: Path, shop: Shop) -> None:
    with pikepdf.open(support.laid_out(tmp_path / "s.pdf", "text")) as pdf:
        pdf.save(tmp_path / "e.pdf", encryption=pikepdf.Encryption(owner="own", user=password))
    (problem,) = _problems(tmp_path / "e.pdf", shop)
    assert problem.code == "print.source" and "encrypted" in problem.message


@pytest.mark.parametrize(
    "content",
    [
        b"/None gs",
        b"/None Do",
        b"1 rg",
        b"(x) rg",
        b"q 1 0 0 1 0 0 cm BI /W 9 /H 9 /BPC 8 /CS /RGB ID xx EI Q",
        b"/None cs",
    ],
)
def test_content_that_makes_no_sense(content: bytes, tmp_path: Path, shop: Shop) -> None:
    problems = _problems(support.blank(tmp_path / "s.pdf", content), shop)
    assert problems[0].code in ("print.source", "print.picture", "print.colour") and "page 1" in problems[0].message


def test_a_form_inside_itself(tmp_path: Path, shop: Shop) -> None:
    pdf = pikepdf.new()
    form = pdf.make_indirect(Stream(pdf, b"/F Do"))
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    page = Dictionary(Type=Name.Page, MediaBox=[0, 0, 99, 99], Contents=Stream(pdf, b"/F Do"), Resources=form.Resources)
    pdf.pages.append(pikepdf.Page(page))
    pdf.save(tmp_path / "s.pdf")
    assert _problems(tmp_path / "s.pdf", shop)[0].code == "print.source"


def test_layers(tmp_path: Path, shop: Shop) -> None:
    with pikepdf.open(support.blank(tmp_path / "b.pdf", b"")) as pdf:
        pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())
        pdf.save(tmp_path / "s.pdf")
    assert _problems(tmp_path / "s.pdf", shop)[0].code == "print.layers"


def test_what_cannot_be_printed_is_told_for_every_page(tmp_path: Path, shop: Shop) -> None:
    mesh = Dictionary(ShadingType=1, ColorSpace=Name.DeviceRGB, Function=Dictionary(FunctionType=4))
    inks = Array([Name.DeviceN, Array([Name.Gold, Name.Silver]), Name.DeviceCMYK, Dictionary(FunctionType=4)])
    content = b"/S sh /N cs 1 0 scn 0 0 9 9 re f"
    source = support.blank(
        tmp_path / "s.pdf", content, {"Shading": Dictionary(S=mesh), "ColorSpace": Dictionary(N=inks)}
    )
    codes = [p.code for p in _problems(source, shop)]
    assert sorted(codes) == ["print.colour", "print.shading"]


@pytest.mark.parametrize("profile", ["srgb", "none", "text"])
def test_a_profile_that_is_not_of_four_inks(profile: str, tmp_path: Path, shop: Shop) -> None:
    path = tmp_path / "p.icc"
    if profile == "srgb":
        path.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    elif profile == "text":
        path.write_text("text")
    with pytest.raises(ReportError) as caught:
        produce(
            support.blank(tmp_path / "s.pdf", b""),
            tmp_path / "x.pdf",
            dataclasses.replace(shop, icc=path),
            support.order(),
        )
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.path) == ("profile.icc", path) and problem.hint
