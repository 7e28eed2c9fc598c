"""Bombs in pictures: a few bytes that claim to be, or unpack to, more than any memory holds."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from tests.press.bombs.table import bomb, count, page, zeros

SIDE = 20_000
PAINT = b"q 400 0 0 400 10 10 cm /I Do Q "


def _picture(data: bytes, filters: object, width: int, height: int | None = None, **keys: object) -> Callable[[Pdf], Stream]:  # fmt: skip
    said = {"ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8, "Filter": filters, **keys}
    return lambda pdf: pdf.make_indirect(Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height or width, **{k: v for k, v in said.items() if v is not None}))  # fmt: skip


def _page(data: bytes, filters: object, side: int, times: int = 1, **keys: object) -> bytes:
    return page(PAINT * times, {"XObject": {"I": _picture(data, filters, side, **keys)}})


def _side(scale: float, whole: int = SIDE) -> int:
    return max(8, round(whole * scale**0.5))


def _jpeg(size: int, **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (size, size), "red").save(target, "JPEG", **options)
    return target.getvalue()


def _claim(jpeg: bytes, side: int) -> bytes:
    """Return a JPEG whose head says that it is larger than its data."""
    at = next(jpeg.index(mark) for mark in (b"\xff\xc0", b"\xff\xc2") if mark in jpeg)
    return jpeg[: at + 5] + struct.pack(">HH", side, side) + jpeg[at + 9 :]


def _twice(data: Callable[..., bytes], filters: object, scale: float, *several: dict, **keys: object) -> bytes:  # type: ignore[type-arg] # fmt: skip
    """A page of pictures that are too large, and of such as are just not."""
    some = {}
    for side in (_side(scale), _side(scale, 10_900)):
        for more in several or ({},):
            some[f"I{len(some)}"] = _picture(data(side, **more), filters, side, **keys)
    use = b"".join(PAINT.replace(b"/I", b"/%s" % name.encode()) for name in some)
    return page(use, {"XObject": some})


@bomb
def flate_picture(scale: float) -> bytes:
    """Pictures of 20,000 × 20,000 and 10,900 × 10,900 pixels in Flate"""
    return _twice(lambda side: zeros(side * side), Name.FlateDecode, scale, ColorSpace=Name.DeviceGray)


@bomb
def flate_pictures(scale: float) -> bytes:
    """A hundred pictures of 10,000 × 10,000 pixels"""
    side = _side(scale, 10_000)
    some = {f"I{i}": _picture(zeros(side * side), Name.FlateDecode, side, ColorSpace=Name.DeviceGray) for i in range(100)}  # fmt: skip
    return page(b"".join(b"q 400 0 0 400 10 10 cm /I%d Do Q " % i for i in range(100)), {"XObject": some})


@bomb
def predicted_picture(scale: float) -> bytes:
    """A picture of 10,000 × 10,000 pixels whose rows are predicted, as PNG's are"""
    side = _side(scale, 10_000)
    said = Dictionary(Predictor=15, Colors=3, Columns=side, BitsPerComponent=8)
    return _page(zeros((side * 3 + 1) * side), Name.FlateDecode, side, DecodeParms=said)


@bomb
def predicted_as_tiff(scale: float) -> bytes:
    """A picture whose rows are predicted as TIFF's are, with rows of a gigabyte"""
    said = Dictionary(Predictor=2, Colors=32, Columns=count(30_000_000, scale), BitsPerComponent=16)
    return _page(zeros(count(1_000_000_000, scale)), Name.FlateDecode, 1_000, DecodeParms=said)


@bomb
def jpeg_picture(scale: float) -> bytes:
    """JPEGs of 64 × 64 pixels whose heads claim 20,000 × 20,000, and 10,900 × 10,900, progressive and not"""
    return _twice(lambda side, **more: _claim(_jpeg(64, **more), side), Name.DCTDecode, scale, {"progressive": True}, {})  # fmt: skip


@bomb
def photograph_many_times(scale: float) -> bytes:
    """A JPEG of 8,000 × 8,000 pixels, painted 20,000 times at other sizes, and one that cannot be read"""
    use = b"".join(b"q %d 0 0 300 10 10 cm /I Do /J Do Q " % (i % 400 + 1) for i in range(count(20_000, scale)))
    some = {"I": _picture(_jpeg(8_000), Name.DCTDecode, 8_000), "J": _picture(b"no" * 2_000_000, Name.DCTDecode, 900)}
    return page(use, {"XObject": some})


@bomb
def jpeg_of_scans(scale: float) -> bytes:
    """A progressive JPEG of 8,000 × 8,000 pixels with 5,000 scans"""
    whole = _jpeg(8_000, progressive=True)
    scan = whole.rindex(b"\xff\xda")
    last = whole[scan:-2]
    return _page(whole[:-2] + last * count(5_000, scale) + b"\xff\xd9", Name.DCTDecode, 8_000)


@bomb
def lying_jpeg(scale: float) -> bytes:
    """A JPEG of 20,000 × 20,000 pixels that the PDF says is of 8 × 8"""
    return _page(_claim(_jpeg(64), _side(scale)), Name.DCTDecode, 8)


@bomb
def fax_picture(scale: float) -> bytes:
    """Faxes of 60,000 × 60,000 and 10,900 × 10,900 pixels in few bytes"""
    some = {}
    for name, side in (("I", _side(scale, 60_000)), ("J", _side(scale, 10_900))):
        said = Dictionary(K=-1, Columns=side, Rows=side)
        some[name] = _picture(b"\xff" * 500, Name.CCITTFaxDecode, side, ColorSpace=Name.DeviceGray, BitsPerComponent=1, DecodeParms=said)  # fmt: skip
    return page(PAINT + PAINT.replace(b"/I", b"/J"), {"XObject": some})


@bomb
def lying_fax(scale: float) -> bytes:
    """A fax whose parameters say 60,000 × 60,000 pixels and its picture 8 × 8"""
    side = _side(scale, 60_000)
    said = Dictionary(K=-1, Columns=side, Rows=side)
    return _page(b"\xff" * 500, Name.CCITTFaxDecode, 8, ColorSpace=Name.DeviceGray, BitsPerComponent=1, DecodeParms=said)  # fmt: skip


def _lzw(size: int) -> bytes:
    """Return zeros as LZW packs them: each code is a run longer by one than the last."""
    codes, total = [], 0
    while total < size:
        codes.append((256, 12 if codes else 9))
        for number in range(3_836):
            last = 258 + max(
                0, number - 1
            )  # what the reader knows by then; codes grow one earlier (ISO 32000-1, 7.4.4)
            codes.append((257 + number if number else 0, max(9, (last + 1).bit_length())))
            total += number + 1
    said = "".join(format(value, f"0{wide}b") for value, wide in [*codes, (257, 12)])
    return int(said.ljust(-(-len(said) // 8) * 8, "0"), 2).to_bytes(-(-len(said) // 8), "big")


@bomb
def lzw_picture(scale: float) -> bytes:
    """Pictures of 20,000 × 20,000 and 10,900 × 10,900 pixels in LZW, of which two hundred megabytes are there"""
    data = _lzw(count(200_000_000, scale))
    return _twice(lambda _side: data, Name.LZWDecode, scale, ColorSpace=Name.DeviceGray)


@bomb
def run_length_picture(scale: float) -> bytes:
    """A picture of 12,000 × 12,000 pixels in run lengths"""
    side = _side(scale, 12_000)
    return _page(b"\x81\0" * (side * side * 3 // 128) + b"\x80", Name.RunLengthDecode, side)


@bomb
def jbig2_picture(scale: float) -> bytes:
    """A JBIG2 picture of 60,000 × 60,000 pixels in no bytes, and one that the PDF says is of 8 × 8"""
    side = _side(scale, 60_000)
    data = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    said = {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 1}
    some = {"I": _picture(data, Name.JBIG2Decode, side, **said), "J": _picture(data, Name.JBIG2Decode, 8, **said)}
    return page(PAINT + PAINT.replace(b"/I", b"/J"), {"XObject": some})


def _jpx(width: int) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(target, "JPEG2000", no_jp2=True)
    data = bytearray(target.getvalue())
    at = data.index(b"\xff\x51")
    for offset in (6, 10, 22, 26):
        data[at + offset : at + offset + 4] = struct.pack(">I", width)
    return bytes(data)


@bomb
def jpx_picture(scale: float) -> bytes:
    """JPEG 2000 of 20,000 × 20,000 and 10,900 × 10,900 pixels in few bytes"""
    return _twice(_jpx, Name.JPXDecode, scale)


@bomb
def lying_jpx(scale: float) -> bytes:
    """A JPEG 2000 of 20,000 × 20,000 pixels that the PDF says is of 8 × 8"""
    return _page(_jpx(_side(scale)), Name.JPXDecode, 8)


@bomb
def many_sizes(scale: float) -> bytes:
    """A picture of 9,000 × 9,000 pixels, painted at 5,000 sizes"""
    side = _side(scale, 9_000)
    use = b"".join(b"q %d 0 0 %d 10 10 cm /I Do Q " % (i % 400 + 1, i % 397 + 1) for i in range(count(5_000, scale)))
    return page(use, {"XObject": {"I": _picture(zeros(side * side), Name.FlateDecode, side, ColorSpace=Name.DeviceGray)}})  # fmt: skip


@bomb
def turned_pictures(scale: float) -> bytes:
    """50,000 small pictures as large as the page, each turned"""
    use = b"q 300 200 -200 300 200 10 cm /I Do Q " * count(50_000, scale)
    return page(use, {"XObject": {"I": _picture(b"\x80" * 1_200, None, 20)}})


@bomb
def stencils(scale: float) -> bytes:
    """20,000 stencils of 4,000 × 4,000 pixels over the page"""
    side = _side(scale, 4_000)
    mask = _picture(zeros(side * side // 8), Name.FlateDecode, side, ColorSpace=None, BitsPerComponent=1, ImageMask=True)  # fmt: skip
    return page(b"1 0 0 0 k " + PAINT * count(20_000, scale), {"XObject": {"I": mask}})


@bomb
def masked_picture(scale: float) -> bytes:
    """A picture of one pixel with a soft mask of 20,000 × 20,000, which has a mask of its own"""
    side = _side(scale)

    def image(pdf: Pdf) -> Stream:
        mask = _picture(zeros(side * side), Name.FlateDecode, side, ColorSpace=Name.DeviceGray)(pdf)
        mask.SMask = mask
        return _picture(b"\0\0\0", None, 1, SMask=mask)(pdf)

    return page(PAINT * 100, {"XObject": {"I": image}})


@bomb
def ink_picture(scale: float) -> bytes:
    """A picture of 32 inks of 2,000 × 2,000 pixels, whose tints are long programs"""
    side = _side(scale, 2_000)

    def image(pdf: Pdf) -> Stream:
        names = Array([Name(f"/Ink{i}") for i in range(32)])
        tint = Stream(pdf, b"{" + b"dup mul " * 1_900 + b"}", FunctionType=4, Domain=Array([0, 1] * 32), Range=Array([0, 1] * 4))  # fmt: skip
        space = Array([Name.DeviceN, names, Name.DeviceCMYK, pdf.make_indirect(tint)])
        return _picture(zeros(side * side * 32), Name.FlateDecode, side, ColorSpace=space)(pdf)

    return page(PAINT * count(50, scale), {"XObject": {"I": image}})


@bomb
def filters(scale: float) -> bytes:
    """Ten Flate filters one after another, a thousand of them, and hexadecimal digits of hexadecimal digits"""
    data = zeros(count(1_000_000_000, scale))
    for _ in range(9):
        data = zlib.compress(data, 9)
    hexadecimal = b"00" * 500
    for _ in range(8):
        hexadecimal = hexadecimal.hex().encode()
    some = {
        "I": _picture(data, Array([Name.FlateDecode] * 10), 1_000),
        "J": _picture(data, Array([Name.FlateDecode] * 1_000), 1_000),
        "K": _picture(hexadecimal, Array([Name.ASCIIHexDecode] * 9), 1_000),
    }
    with pikepdf.new() as pdf:
        from tests.press.bombs.table import add_page, saved

        use = b"".join(PAINT.replace(b"/I", b"/%s" % name.encode()) for name in some)
        add_page(pdf, use, {"XObject": some})
        add_page(pdf, pdf.make_indirect(Stream(pdf, data, Filter=Array([Name.FlateDecode] * 10))))
        return saved(pdf)


@bomb
def odd_pictures(scale: float) -> bytes:
    """Pictures whose keys are of another kind than they should be"""
    some = {
        "A": _picture(b"x", Name.FlateDecode, 8, DecodeParms=String("words")),
        "B": _picture(b"x", Array([Name.FlateDecode, String("words")]), 8),
        "C": _picture(b"x", None, 8, Decode=Array([Name.a] * 6)),
        "D": _picture(b"x", None, 8, SMask=Name.a),
        "E": _picture(b"x", None, 8, ColorSpace=Dictionary()),
        "F": _picture(b"x", None, 8, BitsPerComponent=Name.a),
        "G": _picture(b"x", None, 2_000_000_000, BitsPerComponent=2_000_000_000),
        "H": _picture(b"x", None, 8, ColorSpace=Array([Name.Indexed, Name.DeviceRGB, Name.a, 7])),
        "I": lambda pdf: Stream(pdf, b"x", Type=Name.XObject, Subtype=Name.Image, Width=Name.a),
        "J": _picture(b"x", Name.DCTDecode, 8, ColorSpace=Array([])),
        "K": _picture(b"x", Name.CCITTFaxDecode, 8, DecodeParms=Dictionary(K=Name.a, Columns=-5)),
        "L": _picture(b"x", Name.JBIG2Decode, 8, DecodeParms=Dictionary(JBIG2Globals=3)),
        "M": _picture(b"x", Name.Crypt, 8),
    }
    use = b"".join(PAINT.replace(b"/I", b"/%s" % name.encode()) for name in some)
    return page(use, {"XObject": some})
