"""Total ink, held against what was painted: by arithmetic, within one per cent, and at its place."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from tests.press.check.conftest import Checked
from tests.press.check.faults import AT, PATCH, _separation, _state
from tests.press.planted import Plan, image, picture, rect, words, x, y

ALPHA = _state(**{"/ca": 0.5})
INNER = rect(30, 125, 10, 10)
INSIDE = (30, 125, 40, 135)
FORM = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 1000, 1000]}


def _raw(data: bytes, space: object, bits: int = 8, size: tuple[int, int] = (360, 240), **more: object) -> Callable[[pikepdf.Pdf], Stream]:  # fmt: skip
    return lambda pdf: Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1], ColorSpace=space(pdf) if callable(space) else space, BitsPerComponent=bits, **more)  # fmt: skip


def _jpeg(adobe: bool) -> Callable[[pikepdf.Pdf], Stream]:
    """A CMYK JPEG. Adobe's is stored upside down, and says so in Decode; one without its mark is as it is."""
    said = io.BytesIO()
    Image.new("CMYK", (360, 240), (230, 179, 128, 77)).save(said, "JPEG", quality=100, subsampling=0)
    data = said.getvalue()  # Pillow writes as Adobe does, with its mark (APP14)
    if not adobe:
        at = data.index(b"\xff\xee")
        data = data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]
    return _raw(data, Name.DeviceCMYK, Filter=Name.DCTDecode, Decode=Array([1, 0] * 4))


def _predicted(parts: int, sample: bytes, space: object) -> Callable[[pikepdf.Pdf], Stream]:
    """Rows packed with PNG's predictor: each pixel less the one to its left."""
    row = b"\x01" + sample + bytes(parts) * 359
    parms = Dictionary(Predictor=15, Colors=parts, Columns=360, BitsPerComponent=8)
    return _raw(zlib.compress(row * 240), space, Filter=Name.FlateDecode, DecodeParms=parms)


def _devicen(*names: str) -> Array:
    code = b"{ 0 0 }" if len(names) == 2 else b"{ pop pop pop 0 0 0 0 }"
    tint = lambda pdf: Stream(pdf, code, FunctionType=4, Domain=[0, 1] * len(names), Range=[0, 1] * 4)  # noqa: E731
    return lambda pdf: Array([Name.DeviceN, Array([Name(f"/{name}") for name in names]), Name.DeviceCMYK, pdf.make_indirect(tint(pdf))])  # type: ignore[return-value] # fmt: skip


def _gradient(kind: int) -> Dictionary:
    coords = [x(20), y(130), x(50), y(130)] if kind == 2 else [x(35), y(130), 0, x(35), y(130), 30]
    inks = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.2, 0, 0, 0], C1=[0.9, 0.8, 0.7, 0], N=1)
    return Dictionary(ShadingType=kind, ColorSpace=Name.DeviceCMYK, Coords=coords, Function=inks, Extend=[True, True])


CELL = "0.9 0.9 0.3 0 k 0 0 10 10 re f"
IM = image("Im2", 20, 120, 30, 20)
INDEXED = Array([Name.Indexed, Name.DeviceCMYK, 1, pikepdf.String(bytes((0, 0, 0, 0, 230, 179, 128, 77)))])
PATCHES = [
    ("painted", f"0.9 0.8 0.7 0.6 k {AT} f", {}, 300, PATCH),
    ("small", f"0.9 0.8 0.7 0.6 k {rect(20, 120, 1, 1)} f", {}, 300, (20, 120, 21, 121)),
    ("a circle", f"0.9 0.8 0.7 0.6 k 1 0 0 1 {x(35)} {y(130)} cm 28 0 m 28 15.5 15.5 28 0 28 c -15.5 28 -28 15.5 -28 0 c -28 -15.5 -15.5 -28 0 -28 c 15.5 -28 28 -15.5 28 0 c f", {}, 300, (25.1, 120.1, 44.9, 139.9)),
    ("a wide line", f"0.9 0.8 0.7 0.6 K 10 w {x(20)} {y(130)} m {x(50)} {y(130)} l S", {}, 300, (20, 128.2, 50, 131.8)),
    ("knocked out", f"0.9 0.8 0 0 k {AT} f 0 0 0.9 0.9 k {INNER} f", {}, 180, None),
    ("overprinted", f"0.9 0.8 0 0 k {AT} f /Over gs 0 0 0.7 0.6 k {INNER} f", {}, 300, INSIDE),
    ("overprinted in mode 0", f"0.9 0.8 0.5 0 k {AT} f /State gs 0 0 0.7 0.6 k {INNER} f", {"ExtGState": _state(**{"/op": True, "/OPM": 0})}, 220, None),
    ("a separation overprinted", f"0.9 0.8 0 0 k {AT} f /State gs /Black cs 1 scn {INNER} f", {"ExtGState": _state(**{"/op": True}), "ColorSpace": {"Black": _separation("Black")}}, 270, INSIDE),
    ("a separation", f"/Spot cs 0.5 scn {AT} f", {"ColorSpace": {"Spot": _separation("Gold")}}, 140, None),
    ("alpha", f"0.8 0.6 0 0 k {AT} f /State gs 0.8 0.6 1 1 k {INNER} f", {"ExtGState": ALPHA}, 240, INSIDE),
    ("multiply", f"0.8 0.6 0 0 k {AT} f /State gs 0.5 0.5 0.9 0 k {INNER} f", {"ExtGState": _state(**{"/BM": Name.Multiply})}, 260, INSIDE),
    ("gray", f"0.9 0.9 0 0 k {AT} f 0.25 g {INNER} f", {}, 180, None),
    ("black by gray", f"0 g {AT} f", {}, 140, None),
    ("clipped", f"{INNER} W n 0.9 0.8 0.7 0.6 k {AT} f", {}, 300, INSIDE),
    ("with a hole", f"0.9 0.8 0.7 0.6 k {rect(20, 120, 30, 20)} {rect(20, 120, 20, 20)} f*", {}, 300, (40, 120, 50, 140)),
    ("turned", f"q 0.7071 0.7071 -0.7071 0.7071 {x(35)} {y(135)} cm 0.9 0.8 0.7 0.6 k 0 0 28 28 re f Q", {}, 300, None),
    ("an image", IM, {"XObject": {"Im2": lambda pdf: picture(pdf, (360, 240), bytes((230, 204, 179, 153)))}}, 300.4, PATCH),
    ("an image of one pixel", IM, {"XObject": {"Im2": lambda pdf: picture(pdf, (1, 1), bytes((230, 204, 179, 153)))}}, 300.4, PATCH),
    ("an indexed image", IM, {"XObject": {"Im2": _raw(b"\1" * 360 * 240, INDEXED)}}, 240.8, PATCH),
    ("an indexed image of one bit", IM, {"XObject": {"Im2": _raw(b"\xff" * 45 * 240, INDEXED, 1)}}, 240.8, PATCH),
    ("an indexed image of four bits", IM, {"XObject": {"Im2": _raw(b"\x11" * 180 * 240, INDEXED, 4)}}, 240.8, PATCH),
    ("Adobe's JPEG", IM, {"XObject": {"Im2": _jpeg(True)}}, 240.8, PATCH),
    ("a JPEG without Adobe's mark", IM, {"XObject": {"Im2": _jpeg(False)}}, 240.8, PATCH),
    ("PNG's predictor", IM, {"XObject": {"Im2": _predicted(4, bytes((230, 179, 128, 77)), Name.DeviceCMYK)}}, 240.8, PATCH),
    ("PNG's predictor, gray", IM, {"XObject": {"Im2": _predicted(1, bytes((0,)), Name.DeviceGray)}}, 140, None),
    ("16 bits", IM, {"XObject": {"Im2": _raw(b"\xe6\0\xb3\0\x80\0\x4d\0" * 360 * 240, Name.DeviceCMYK, 16)}}, 240.8, PATCH),
    ("DeviceN", f"/Two cs 0.9 0.8 scn {AT} f", {"ColorSpace": {"Two": _devicen("Cyan", "Black")}}, 170, PATCH),
    ("DeviceN image", IM, {"XObject": {"Im2": _raw(b"\xe6\xcc" * 360 * 240, _devicen("Magenta", "Black"))}}, 170.2, PATCH),
    ("DeviceN image of five", IM, {"XObject": {"Im2": _raw(b"\xe6\xcc\x80\x00\x00" * 360 * 240, _devicen("Cyan", "Magenta", "Yellow", "Black", "None"))}}, 220.4, PATCH),
    ("a soft mask", IM, {"XObject": {"Im2": lambda pdf: picture(pdf, (360, 240), bytes((255, 255, 255, 0)), SMask=picture(pdf, (36, 24), b"\x80", Name.DeviceGray))}}, 158, PATCH),
    ("a stencil", f"0.9 0.8 0.7 0.6 k {IM}", {"XObject": {"Im2": lambda pdf: Stream(pdf, bytes(45 * 240), Type=Name.XObject, Subtype=Name.Image, Width=360, Height=240, BitsPerComponent=1, ImageMask=True)}}, 300, PATCH),
    ("a form", "/Fm1 Do", {"XObject": {"Fm1": lambda pdf: Stream(pdf, f"0.9 0.8 0.7 0.6 k {AT} f".encode(), FORM)}}, 300, PATCH),
    ("a group", "/State gs /Fm1 Do", {"ExtGState": ALPHA, "XObject": {"Fm1": lambda pdf: Stream(pdf, f"1 1 0 0 k {AT} f 1 1 1 1 k {INNER} f".encode(), {**FORM, "/Group": Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)})}}, 207.5, INSIDE),
    ("along an axis", f"{AT} W n /Sh1 sh", {"Shading": {"Sh1": _gradient(2)}}, 240, None),
    ("around a point", f"{AT} W n /Sh1 sh", {"Shading": {"Sh1": _gradient(3)}}, 240, None),
    ("a pattern", f"/Pattern cs /P1 scn {AT} f", {"Pattern": {"P1": lambda pdf: Stream(pdf, CELL.encode(), PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 10, 10], XStep=10, YStep=10, Resources=Dictionary())}}, 210, PATCH),
    ("large type", f"0.7 0.7 0.7 0.5 k {words('Ink', 20, 150, 40)}", {}, 260, None),
]  # fmt: skip
"""Each by its name: content, resources, ink in per cent, and its box. The clean page has 140 % elsewhere."""


@pytest.mark.parametrize(("content", "resources", "ink", "box"), [one[1:] for one in PATCHES], ids=[one[0] for one in PATCHES])  # fmt: skip
def test_ink_is_what_was_painted(checked: Checked, content: str, resources: dict, ink: float, box: tuple | None) -> None:  # type: ignore[type-arg] # fmt: skip
    found = checked(Plan(extra=f"q {content} Q", resources=resources)).facts.peak
    assert found is not None
    assert found.value == pytest.approx(ink, rel=0.01)
    if box is not None:
        assert found.page == 2 and found.area == pytest.approx(box, abs=0.6)


def test_every_heavy_place_is_told(checked: Checked) -> None:
    plan = Plan(extra=f"q 0.9 0.8 0.8 0.9 k {AT} f {rect(100, 180, 5, 5)} f Q")
    found = [one for one in checked(plan).problems if one.code == "print.ink"]
    assert [one.message for one in found] == ["340 % of ink (C 90 M 80 Y 80 K 90); the paper takes 300 %"] * 2
    assert [one.location.area for one in found] == [pytest.approx(PATCH, abs=0.6), pytest.approx((100, 180, 105, 185), abs=0.6)]  # fmt: skip


def test_small_text_and_lines_do_not_count(checked: Checked) -> None:
    plan = Plan(extra=f"q /Over gs 0.9 0.9 0.9 0 k {AT} f 0 0 0 1 k {words('Words', 22, 130)} 0 0 0 1 K 0.5 w {x(22)} {y(135)} m {x(48)} {y(135)} l S Q")  # fmt: skip
    report = checked(plan)
    assert report.problems == () and report.facts.peak and report.facts.peak.value == pytest.approx(270, rel=0.01)


def test_what_cannot_be_measured_is_told(checked: Checked) -> None:
    plan = Plan(extra=IM, resources={"XObject": {"Im2": _raw(b"no JPEG", Name.DeviceCMYK, Filter=Name.DCTDecode)}})
    (found,) = checked(plan).problems
    assert found.code == "print.ink-unmeasured" and found.location.area == pytest.approx(PATCH, abs=0.6)
