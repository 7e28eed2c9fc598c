"""Pictures keep their pixels and lose their RGB."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageChops, ImageCms, ImageFile, ImageStat

from report.press.produce import ink_limit, produce
from report.profiles.load import Shop
from report.values import Problem, ReportError
from tests.press.produce import support

_SIZE = (8, 4)


_OPEN: list[pikepdf.Pdf] = []


@pytest.fixture(autouse=True)
def _closing() -> Iterator[None]:
    yield
    while _OPEN:
        _OPEN.pop().close()


def _produced(tmp_path: Path, shop: Shop, picture: Any) -> tuple[tuple[Problem, ...], Any, Image.Image]:
    """Return the problems, the image and its pixels after a page with one picture was produced."""
    with pikepdf.open(support.blank(tmp_path / "b.pdf", b"q 50 0 0 25 0 0 cm /I Do Q")) as pdf:
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(I=pdf.make_indirect(picture(pdf))))
        pdf.save(tmp_path / "s.pdf")
    problems = produce(tmp_path / "s.pdf", tmp_path / "x.pdf", shop, support.order())
    pdf = pikepdf.open(tmp_path / "x.pdf")
    _OPEN.append(pdf)
    assert pdf.check_pdf_syntax() == []
    image = pdf.pages[0].Resources.XObject.Page.Resources.XObject.I
    assert not {"/Metadata", "/Alternates", "/OC"} & set(image.keys())
    return problems, image, Image.new("L", (1, 1)) if "/ImageMask" in image else support.pictures(pdf)[0][1]


def _alike(one: Image.Image, other: Image.Image, least: float = 3) -> bool:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < least


def test_flat_art_has_the_inks_of_the_theme(tmp_path: Path, shop: Shop) -> None:
    art = Image.new("RGB", _SIZE, "#0f3d4c")
    art.paste("#c2451e", (0, 0, 3, 3))
    art.putpixel((7, 3), (0, 0, 0))
    _, image, pixels = _produced(tmp_path, shop, lambda pdf: support.image(pdf, art))
    assert str(image.ColorSpace[0]) == "/Indexed" and pixels.size == _SIZE
    assert pixels.getpixel((6, 0)) == (178, 51, 0, 191) and pixels.getpixel((0, 0)) == (0, 204, 217, 51)
    assert pixels.getpixel((7, 3)) == (0, 0, 0, 255)


def test_a_picture_without_loss_stays_so_and_a_photograph_is_a_jpeg(tmp_path: Path, uncoated: Shop) -> None:
    photo = support.photograph()

    def as_jpeg(pdf: pikepdf.Pdf) -> Any:
        out = io.BytesIO()
        photo.save(out, "JPEG", quality=95)
        made = support.image(pdf, photo)
        made.write(out.getvalue(), filter=Name.DCTDecode)
        return made

    _, plain, exact = _produced(tmp_path, uncoated, lambda pdf: support.image(pdf, photo))
    assert plain.ColorSpace == Name.DeviceCMYK and plain.Filter == Name.FlateDecode
    _, image, pixels = _produced(tmp_path, uncoated, as_jpeg)
    assert image.Filter == Name.DCTDecode and list(image.Decode) == [1, 0] * 4
    with Image.open(io.BytesIO(image.read_raw_bytes())) as coded:
        assert [layer[1:3] for layer in coded.layer] == [(1, 1)] * 4  # 4:4:4
    assert exact.size == pixels.size == photo.size
    assert all(_alike(a, b) for a, b in zip(exact.split(), pixels.split(), strict=True))
    assert 2.5 < ink_limit.heaviest(pixels) <= 2.8 and ink_limit.heaviest(exact) <= 2.8


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_a_palette_is_turned_and_its_indexes_stay(depth: int, tmp_path: Path, shop: Shop) -> None:
    rows = bytes([0b01000000]) * (4 * depth)

    def palette(pdf: pikepdf.Pdf) -> Any:
        made = Stream(pdf, rows)
        space = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\x0f\x3d\x4c\xc2\x45\x1e")])
        told = {"Subtype": Name.Image, "Width": 8, "Height": 4, "BitsPerComponent": depth, "ColorSpace": space}
        for key, value in told.items():
            made[f"/{key}"] = value
        return made

    _, image, _ = _produced(tmp_path, shop, palette)
    assert image.read_bytes() == rows and image.BitsPerComponent == depth
    assert list(image.ColorSpace)[:2] == [Name.Indexed, Name.DeviceCMYK]
    assert bytes(image.ColorSpace[3]) == bytes([178, 51, 0, 191, 0, 204, 217, 51])


def test_grey_is_black_ink_and_stays(tmp_path: Path, shop: Shop) -> None:
    grey = Image.linear_gradient("L")

    def calibrated(pdf: pikepdf.Pdf) -> Any:
        space = Array([Name.CalGray, Dictionary(WhitePoint=[0.95, 1, 1.09])])
        return support.image(pdf, grey, ColorSpace=space, Decode=[1, 0])

    _, image, pixels = _produced(tmp_path, shop, calibrated)
    assert image.ColorSpace == Name.DeviceGray and list(image.Decode) == [1, 0] and pixels.tobytes() == grey.tobytes()


def test_a_stencil_stays_and_is_painted_in_inks(tmp_path: Path, shop: Shop) -> None:
    def stencil(pdf: pikepdf.Pdf) -> Any:
        made = Stream(pdf, b"\xaa" * 4)
        for key, value in {
            "Subtype": Name.Image,
            "ImageMask": True,
            "Width": 8,
            "Height": 4,
            "BitsPerComponent": 1,
        }.items():
            made[f"/{key}"] = value
        return made

    _, image, _ = _produced(tmp_path, shop, stencil)
    assert image.ImageMask and image.read_bytes() == b"\xaa" * 4 and "/ColorSpace" not in image


def test_cmyk_is_kept_but_for_too_much_ink(tmp_path: Path, shop: Shop) -> None:
    light, heavy = Image.new("CMYK", _SIZE, (255, 0, 9, 8)), Image.new("CMYK", _SIZE, (255, 255, 255, 255))
    assert _produced(tmp_path, shop, lambda pdf: support.image(pdf, light))[2].getpixel((0, 0)) == (255, 0, 9, 8)
    assert ink_limit.heaviest(_produced(tmp_path, shop, lambda pdf: support.image(pdf, heavy))[2]) <= 3


@pytest.mark.parametrize("adobe", [True, False])
def test_a_cmyk_jpeg_is_read_as_it_was_meant(adobe: bool, tmp_path: Path, shop: Shop) -> None:
    def coded(pdf: pikepdf.Pdf) -> Any:
        out = io.BytesIO()
        Image.new("CMYK", (16, 16), (250, 20, 10, 100)).save(out, "JPEG", quality=100)
        made = support.image(pdf, Image.new("CMYK", (16, 16)), **({"Decode": [1, 0] * 4} if adobe else {}))
        made.write(out.getvalue(), filter=Name.DCTDecode)
        return made

    _, _, pixels = _produced(tmp_path, shop, coded)
    cyan, magenta, _, black = pixels.getpixel((8, 8))
    if adobe:
        assert cyan > 240 and magenta < 30 and 90 < black < 110
    else:  # without Decode the file's samples are the inks, whatever Adobe does: 5, 235, 245, 155
        assert cyan < 15 and magenta > 200 and 145 < black < 165


def test_samples_are_mapped_as_decode_says(tmp_path: Path, shop: Shop) -> None:
    white = Image.new("RGB", _SIZE, "#ffffff")
    _, image, pixels = _produced(tmp_path, shop, lambda pdf: support.image(pdf, white, Decode=[1, 0] * 3))
    assert pixels.getpixel((0, 0)) == (0, 0, 0, 255) and "/Decode" not in image


@pytest.mark.parametrize(
    ("bits", "data"), [(16, b"\xff\xff\0\0\0\0" * 32), (4, b"\xf0\x0f\0" * 16), (1, b"\x92\x49\x24" * 4)]
)
def test_samples_of_other_sizes(bits: int, data: bytes, tmp_path: Path, shop: Shop) -> None:
    def picture(pdf: pikepdf.Pdf) -> Any:
        made = support.image(pdf, Image.new("RGB", _SIZE), BitsPerComponent=bits)
        made.write(data)
        return made

    _, image, pixels = _produced(tmp_path, shop, picture)
    assert image.BitsPerComponent == 8 and pixels.size == _SIZE
    red = pixels.getpixel((0, 0))
    assert red[1] > 200 and red[2] > 200 and red[0] < 30


def test_colours_that_are_left_out_become_a_stencil(tmp_path: Path, shop: Shop) -> None:
    art = Image.new("RGB", _SIZE, "#ffffff")
    art.paste("#c2451e", (0, 0, 4, 4))
    ranges = [250, 255] * 3
    _, image, _ = _produced(tmp_path, shop, lambda pdf: support.image(pdf, art, Mask=ranges))
    assert image.Mask.ImageMask and image.Mask.read_bytes() == b"\x0f" * 4


def test_a_soft_mask_stays_grey(tmp_path: Path, shop: Shop) -> None:
    veil = Image.linear_gradient("L").resize(_SIZE)

    def veiled(pdf: pikepdf.Pdf) -> Any:
        return support.image(pdf, support.photograph(_SIZE), SMask=pdf.make_indirect(support.image(pdf, veil)))

    problems, image, _ = _produced(tmp_path, shop, veiled)
    assert problems == () and image.SMask.ColorSpace == Name.DeviceGray and image.SMask.read_bytes() == veil.tobytes()


def test_a_matte_is_taken_out(tmp_path: Path, shop: Shop) -> None:
    veil = Image.new("L", _SIZE, 128)
    mixed = Image.new("RGB", _SIZE, (128, 0, 0))  # red, half of it on black

    def veiled(pdf: pikepdf.Pdf) -> Any:
        mask = pdf.make_indirect(support.image(pdf, veil, Matte=[0, 0, 0]))
        return support.image(pdf, mixed, SMask=mask)

    _, image, pixels = _produced(tmp_path, shop, veiled)
    assert "/Matte" not in image.SMask
    red = pixels.getpixel((0, 0))
    assert red[1] > 230 and red[2] > 230 and red[3] < 10


@pytest.mark.parametrize("filtered", [False, True])
def test_a_picture_inside_the_content_becomes_one_of_its_own(filtered: bool, tmp_path: Path, shop: Shop) -> None:
    data = Image.new("RGB", (2, 2), "#0f3d4c").tobytes()
    coded = data.hex().encode() + b">" if filtered else data
    told = b"/F /AHx" if filtered else b""
    content = b"q 9 0 0 9 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /RGB " + told + b" ID " + coded + b" EI Q"
    produce(support.blank(tmp_path / "s.pdf", content), tmp_path / "x.pdf", shop, support.order())
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        ((_, pixels),) = support.pictures(pdf)
        assert pixels.getpixel((1, 1)) == (178, 51, 0, 191)
        assert b"/Inline0 Do" in pdf.pages[0].Resources.XObject.Page.read_bytes()


def test_a_picture_that_is_cut_off_is_an_error(tmp_path: Path, shop: Shop) -> None:
    def short(pdf: pikepdf.Pdf) -> Any:
        made = support.image(pdf, support.photograph(_SIZE))
        made.write(b"\0" * 20)
        return made

    with pytest.raises(ReportError) as caught:
        _produced(tmp_path, shop, short)
    assert caught.value.problems[0].code == "print.picture"


def _jpeg(pdf: pikepdf.Pdf, picture: Image.Image, **options: Any) -> Any:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, **options)
    made = support.image(pdf, picture)
    made.write(out.getvalue(), filter=Name.DCTDecode)
    return made


@pytest.mark.parametrize(("finest", "size"), [(None, (600, 400)), (300, (208, 139)), (600, (600, 400))])
def test_a_photograph_is_as_fine_as_is_asked_for(
    finest: int | None, size: tuple[int, int], tmp_path: Path, shop: Shop
) -> None:
    with pikepdf.open(support.blank(tmp_path / "b.pdf", b"q 50 0 0 25 0 0 cm /F Do Q q 9 0 0 9 0 0 cm /I Do Q")) as pdf:
        photo = pdf.make_indirect(_jpeg(pdf, support.photograph((600, 400))))
        form = Stream(pdf, b"q 1 0 0 1 0 0 cm /I Do Q")
        form.Subtype, form.BBox, form.Resources = (
            Name.Form,
            Array([0, 0, 1, 1]),
            Dictionary(XObject=Dictionary(I=photo)),
        )
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(I=photo, F=pdf.make_indirect(form)))
        pdf.save(tmp_path / "s.pdf")
    produce(tmp_path / "s.pdf", tmp_path / "x.pdf", shop, support.order(finest=finest))
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        ((image, pixels),) = support.pictures(pdf)
        assert pixels.size == size == (int(image.Width), int(image.Height))  # 600 pixels on 50 pt are 864 an inch


def test_a_photograph_with_a_profile_of_its_own(tmp_path: Path, shop: Shop) -> None:
    """The same numbers are another green in a wider space."""
    green = Image.new("RGB", (16, 16), (60, 200, 60))
    wide = (
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        .tobytes()
        .replace(b"rXYZ", b"tXYZ", 1)
        .replace(b"gXYZ", b"rXYZ", 1)
    )
    swapped = wide.replace(b"tXYZ", b"gXYZ", 1)
    plain = _produced(tmp_path, shop, lambda pdf: _jpeg(pdf, green))[2].getpixel((8, 8))
    other = _produced(tmp_path, shop, lambda pdf: _jpeg(pdf, green, icc_profile=swapped))[2].getpixel((8, 8))
    broken = _produced(tmp_path, shop, lambda pdf: _jpeg(pdf, green, icc_profile=b"no profile"))[2].getpixel((8, 8))
    assert plain[0] > plain[1] and other[1] > other[0] and broken == plain


@pytest.mark.parametrize("lenient", [False, True])
def test_a_damaged_picture_is_an_error_with_its_page(
    lenient: bool, tmp_path: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)  # as WeasyPrint sets it

    def damaged(pdf: pikepdf.Pdf) -> Any:
        made = support.image(pdf, support.photograph(_SIZE))
        parameters = Dictionary(Predictor=15, Colors=3, Columns=_SIZE[0], BitsPerComponent=8)
        made.write(b"no zlib data", filter=Name.FlateDecode, decode_parms=parameters)
        return made

    with pytest.raises(ReportError) as caught:
        _produced(tmp_path, shop, damaged)
    assert [p.code for p in caught.value.problems][0] in ("print.picture", "print.source")
    assert "page 1" in caught.value.problems[0].message
