"""Files that are damaged, locked, endless or out of all measure get an answer, in bounded memory."""

from __future__ import annotations

import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from report.press.check.check import Preflight, check
from report.profiles.load import Shop
from report.values import ReportError
from tests.press import planted
from tests.press.check.conftest import Checked
from tests.press.check.test_paint import IM
from tests.press.planted import Plan


def codes(report: Preflight) -> set[str]:
    return {one.code for one in report.problems}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "pdf.unreadable"),
        (b"no PDF at all", "pdf.unreadable"),
        (b"%PDF-1.6\n" + b"\0" * 5_000, "pdf.unreadable"),
        (b"%PDF-1.6\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</Root 1 0 R>>", "pdf.unreadable"),
        (b"%PDF-1.6\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj trailer<</Root 1 0 R>>", "pdf.unreadable"),
    ],
    ids=["empty", "words", "zeros", "no pages", "a circle of pages"],
)  # fmt: skip
def test_what_is_no_pdf_is_told(tmp_path: Path, shop: Shop, content: bytes, code: str) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(content)
    with pytest.raises(ReportError) as error:
        check(path, shop)
    assert error.value.problems[0].code == code


def test_a_file_without_pages_is_told(tmp_path: Path, shop: Shop) -> None:
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "file.pdf")
    with pytest.raises(ReportError) as error:
        check(tmp_path / "file.pdf", shop)
    assert error.value.problems[0].code == "pdf.empty"


def test_a_missing_file_is_told(tmp_path: Path, shop: Shop) -> None:
    with pytest.raises(ReportError) as error:
        check(tmp_path / "none.pdf", shop)
    assert error.value.problems[0].code == "pdf.missing"


def test_a_password_is_told(tmp_path: Path, shop: Shop) -> None:
    path = planted.write(tmp_path / "open.pdf")
    with pikepdf.open(path) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
        pdf.save(tmp_path / "bound.pdf", encryption=pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(ReportError) as error:
        check(tmp_path / "locked.pdf", shop)
    assert error.value.problems[0].code == "pdf.encrypted" and error.value.problems[0].hint
    assert "print.encrypted" in codes(check(tmp_path / "bound.pdf", shop))


def test_a_file_that_breaks_off_is_told(tmp_path: Path, shop: Shop) -> None:
    whole = planted.write(tmp_path / "whole.pdf").read_bytes()
    for part in (0.3, 0.6, 0.9, 0.99):
        path = tmp_path / "part.pdf"
        path.write_bytes(whole[: int(len(whole) * part)])
        try:
            assert codes(check(path, shop))
        except ReportError as error:
            assert error.problems[0].code.startswith("pdf.")


def _circle(pdf: pikepdf.Pdf) -> Stream:
    """A form that paints itself."""
    made = pdf.make_indirect(Stream(pdf, b"/Fm Do /Fm Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 500, 500]))
    made.Resources = Dictionary(XObject=Dictionary(Fm=made))
    return made


def _tree(pdf: pikepdf.Pdf) -> Stream:
    """Forms of which each paints the next eight times over: 8 to the 20th."""
    inner = pdf.make_indirect(Stream(pdf, b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 500, 500]))
    for _ in range(20):
        made = Stream(pdf, b"/Fm Do " * 8, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 500, 500])
        made.Resources = Dictionary(XObject=Dictionary(Fm=inner))
        inner = pdf.make_indirect(made)
    return inner


def _mask(pdf: pikepdf.Pdf) -> Dictionary:
    """A soft mask that is painted through itself."""
    form = pdf.make_indirect(Stream(pdf, b"/S gs 0 0 500 500 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 500, 500]))  # fmt: skip
    state = pdf.make_indirect(Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form)))
    form.Resources = Dictionary(ExtGState=Dictionary(S=state))
    return state


def _space(pdf: pikepdf.Pdf) -> Array:
    """A colour space that stands on itself."""
    made = pdf.make_indirect(Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(b"abcdef")]))
    made[1] = made
    return made


def _function(pdf: pikepdf.Pdf) -> Array:
    """A tint that is stitched of itself."""
    made = pdf.make_indirect(Dictionary(FunctionType=3, Domain=[0, 1], Bounds=[], Encode=[0, 1]))
    made.Functions = Array([made])
    return Array([Name.Separation, Name.Gold, Name.DeviceCMYK, made])


def _image(data: bytes, width: int, height: int, **more: object) -> Callable[[pikepdf.Pdf], Stream]:
    return lambda pdf: Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, ColorSpace=Name.DeviceCMYK, BitsPerComponent=8, **more)  # fmt: skip


def _packed_zeros(megabytes: int) -> bytes:
    """Return what zlib makes of so many megabytes of nothing, without packing each of them (RFC 1950, RFC 1951)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    total = megabytes * 1_000_000 % 65521 << 16 | 1  # Adler-32 of zeros
    return b"\x78\xda" + one * megabytes + b"\x03\x00" + total.to_bytes(4, "big")


BOMB = _packed_zeros(300)
HOSTILE = [
    ("a form within itself", "/X Do", {"XObject": {"X": _circle}}, "print.page-unreadable"),
    ("a tree of forms", "/X Do", {"XObject": {"X": _tree}}, "print.unread"),
    ("a mask within itself", "/X gs 0 0 9 9 re f", {"ExtGState": {"X": _mask}}, "print.page-unreadable"),
    ("a space on itself", "/X cs 1 sc 0 0 9 9 re f", {"ColorSpace": {"X": _space}}, "print.page-unreadable"),
    ("a tint of itself", "/X cs 1 sc 0 0 9 9 re f", {"ColorSpace": {"X": _function}}, "print.page-unreadable"),
    ("no such things", "/A Do /B gs /C cs /D sh /E 10 Tf (x) Tj /F BDC", {}, "print.page-unreadable"),
    ("no operands", "re m l c v y w cm gs Do Tf Td Tm TJ Tj k rg g sc scn sh d J BI ID EI ' \"", {}, "print.page-unreadable"),
    ("numbers out of all measure", "q 1e99 99999999999999999999999999999999 0 0 9e9 0 cm 0 0 1 1 re f Q 9999999999999999999 w 0 0 m 9 9 l S", {}, ""),
    ("brackets that do not close", "[ [ [ << (((( <41 ] ) 1 0 0 rg", {}, ""),
    ("a bomb in an image", IM, {"XObject": {"Im2": _image(BOMB, 400, 400, Filter=Name.FlateDecode)}}, ""),
    ("an image of a billion pixels", IM, {"XObject": {"Im2": _image(b"x", 40_000, 40_000)}}, "print.ink-unmeasured"),
    ("an image of many components", IM, {"XObject": {"Im2": _image(BOMB[:9000], 10_000, 12_000, Filter=Name.FlateDecode)}}, "print.ink-unmeasured"),
    ("an image without pixels", IM, {"XObject": {"Im2": _image(b"", 0, 5)}}, "print.page-unreadable"),
    ("an image of nothing", IM, {"XObject": {"Im2": _image(b"", 500, 500)}}, "print.ink-unmeasured"),
    ("a broken JPEG", IM, {"XObject": {"Im2": _image(b"\xff\xd8\xff\xee", 500, 500, Filter=Name.DCTDecode)}}, "print.ink-unmeasured"),
    ("cells without a step", "/Pattern cs /X scn 0 0 99 99 re f", {"Pattern": {"X": lambda pdf: Stream(pdf, b"0 0 1 1 re f", PatternType=1, PaintType=1, BBox=[0, 0, 1, 1], XStep=0, YStep=0)}}, "print.page-unreadable"),
    ("a million cells", "/Pattern cs /X scn 0 0 400 500 re f", {"Pattern": {"X": lambda pdf: Stream(pdf, b"0 0 1 1 re f", PatternType=1, PaintType=1, BBox=[0, 0, 1, 1], XStep=0.001, YStep=0.001, Resources=Dictionary())}}, ""),
]  # fmt: skip


@pytest.mark.quick(
    "numbers out of all measure",
    "no operands",
    "an image of nothing",
    "a mask within itself",
    "a broken JPEG",
    "a form within itself",
    "a bomb in an image",
)
@pytest.mark.parametrize(
    ("content", "resources", "code"), [one[1:] for one in HOSTILE], ids=[one[0] for one in HOSTILE]
)
def test_a_hostile_page_is_told_and_the_others_are_checked(checked: Checked, content: str, resources: dict, code: str) -> None:  # type: ignore[type-arg] # fmt: skip
    report = checked(Plan(extra=content, resources=resources), pages=3)
    found = codes(report)
    assert not code or code in found, report.problems
    assert {one.location.page for one in report.problems} <= {None, 2}
    assert report.facts.checked == 3


@pytest.mark.quick(
    "dictionary-/TrimBox",
    "names-/Rotate",
    "short-/Resources",
    "large-/Contents",
    "name-/Annots",
    "dictionary-/Group",
    "name-/MediaBox",
)
@pytest.mark.parametrize("key", ["/MediaBox", "/Contents", "/Resources", "/Annots", "/TrimBox", "/Group", "/Rotate"])
@pytest.mark.parametrize("value", [Name.Nonsense, Array([1, 2]), Array([Name.A] * 4), 10**15, Dictionary()], ids=["name", "short", "names", "large", "dictionary"])  # fmt: skip
def test_nonsense_in_a_page_is_no_traceback(checked: Checked, key: str, value: object) -> None:
    def mend(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj[key] = value

    assert checked(Plan(mend=mend), pages=3).facts.checked == 3


@pytest.mark.slow
def test_a_bomb_of_content_stays_small(tmp_path: Path, shop: Shop) -> None:
    def mend(pdf: pikepdf.Pdf) -> None:
        packed = zlib.compress(b"q Q " * 100_000_000, 1)
        pdf.pages[1].Contents = Stream(pdf, packed, Filter=Name.FlateDecode)

    path = planted.write(tmp_path / "file.pdf", Plan(mend=mend))
    tracemalloc.start()
    try:
        report = check(path, shop)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "print.unread" in codes(report) and most < 250_000_000


@pytest.mark.slow
def test_ten_thousand_pages_get_a_clear_answer(tmp_path: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "long.pdf"
    with pikepdf.new() as pdf:
        for _ in range(10_000):
            pdf.add_blank_page(page_size=(300, 400))
        pdf.save(path)
    monkeypatch.setattr("report.press.check.check.PAGES", 5)
    report = check(path, shop)
    assert (report.facts.pages, report.facts.checked) == (10_000, 5)
    (told,) = [one for one in report.problems if one.code == "print.unread"]
    assert told.message == "the file has 10000 pages; the first 5 are checked"
