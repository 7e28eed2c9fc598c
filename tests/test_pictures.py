"""Pictures that cameras and printers make reach every format upright and in RGB."""

from __future__ import annotations

import base64
import dataclasses
import io
import re
import zlib
from pathlib import Path

import pikepdf
import pytest
from docx import Document as WordFile
from PIL import Image, UnidentifiedImageError

from report import pictures
from report.formats import docx, html, pdf
from tests.formats.docx import support
from tests.judges import pdf_fast

SOUND = {"damaged.jpg", "turned.jpg", "cmyk.jpg", "bare.jpg", "grey16.png"}


@pytest.fixture
def odd(tmp_path: Path) -> dict[str, Path]:
    paths = {name: tmp_path / name for name in SOUND}
    turned = Image.new("RGB", (80, 40), "#c2451e")
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(paths["turned.jpg"], exif=exif)
    Image.new("CMYK", (30, 30), (0, 255, 255, 0)).save(paths["cmyk.jpg"])
    buffer = io.BytesIO()
    Image.new("RGB", (30, 30), "#c2451e").save(buffer, "JPEG")
    content = buffer.getvalue()
    length = int.from_bytes(content[4:6], "big")
    paths["bare.jpg"].write_bytes(content[:2] + content[4 + length :])  # without its JFIF header
    damaged = content[:2] + b"\xff\xe1\x00\x10Exif\x00\x00garbage!" + content[4 + length :]
    paths["damaged.jpg"].write_bytes(damaged)
    Image.new("I;16", (30, 30), 40_000).save(paths["grey16.png"])
    return paths


def test_a_plain_picture_stays_as_it_is(tmp_path: Path) -> None:
    path = support.picture(tmp_path / "plain.png")
    assert pictures.upright(path) == path.read_bytes()


def test_every_format_takes_them(odd: dict[str, Path], tmp_path: Path) -> None:
    body = "<main>" + "".join(f'<p><img src="{name}" alt="{name}"></p>' for name in sorted(odd)) + "</main>"
    document = support.document(body, assets=odd)
    styled = dataclasses.replace(document.look, styles=("html { image-rendering: crisp-edges }",))
    made = pdf.write(dataclasses.replace(document, look=styled), tmp_path / "x.pdf").path
    assert pdf_fast.findings(made) == []
    with pikepdf.open(made) as file:
        images = [o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert all(o.ColorSpace in ("/DeviceRGB", "/DeviceGray") for o in images)
    word = WordFile(str(docx.write(document, tmp_path / "x.docx").path))
    sizes = [(shape.width, shape.height) for shape in word.inline_shapes]
    assert len(sizes) == len(odd) and sizes[sorted(odd).index("turned.jpg")] == (40 * 9525, 80 * 9525)
    text = html.write(document, tmp_path / "x.html").path.read_text("utf-8")
    inside = [base64.b64decode(d) for d in re.findall(r'src="data:image/[a-z]+;base64,([^"]+)"', text)]
    assert [Image.open(io.BytesIO(d)).mode in ("RGB", "L") for d in inside] == [True] * len(odd)


def test_html_shows_a_picture_whose_name_has_an_ampersand(tmp_path: Path) -> None:
    picture = support.picture(tmp_path / "a&b.png")
    body = '<main><p>src="a&amp;b.png" is a name</p><p><img src="a&amp;b.png" alt="x"></p></main>'
    text = html.write(support.document(body, assets={"a&b.png": picture}), tmp_path / "x.html").path.read_text("utf-8")
    assert text.count("data:image/png") == 1 and 'src="a&amp;b.png" is a name' in text


def _scans(count: int) -> bytes:
    """Return a small progressive JPEG whose first scan stands there again and again: each costs a pass over all pixels."""
    buffer = io.BytesIO()
    Image.new("L", (3000, 3000), 128).save(buffer, "JPEG", progressive=True)
    content = buffer.getvalue()
    first = content.index(b"\xff\xda")
    second = content.index(b"\xff\xda", first + 2)
    return content[:first] + content[first:second] * count + content[second:]


def _claimed(width: int, height: int) -> bytes:
    """Return a progressive JPEG of some kilobytes that claims to be larger."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "#c2451e").save(buffer, "JPEG", progressive=True)
    content = bytearray(buffer.getvalue())
    frame = content.index(b"\xff\xc2") + 5
    content[frame : frame + 4] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(content)


def _png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n(x) run\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (EPS, "EPS"),
        (b"\xc5\xd0\xd3\xc6" + bytes(26) + EPS, "EPS"),
        (b"%PDF-1.7\n", "PDF"),
        (b"GIF89a" + bytes(100), "GIF"),
        (b"P6 1 1 255 xxx", "neither PNG nor JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither PNG nor JPEG"),
        (b"", "neither PNG nor JPEG"),
        (b"\x89PNG\r\n\x1a\n" + EPS, ""),
        (b"\xff\xd8\xff" + EPS, ""),
        (_claimed(20_000, 20_000), "more than 89,000,000"),
        (_claimed(65_000, 65_000), "pixels"),
        (_png(20_000, 20_000, zlib.compress(bytes(10_000))), "more than 89,000,000"),
        (_png(2**31 - 1, 2**31 - 1, b"x"), "pixels"),
        (_png(9_000, 9_000, zlib.compress(bytes(1000))), ""),
    ],
)
def test_what_is_no_picture_is_refused_before_it_is_decoded(content: bytes, word: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    reason = pictures.unreadable(path)
    assert reason is not None and word in reason and "0x" not in reason


@pytest.mark.slow
def test_a_picture_that_never_ends_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_READ_SECONDS", "2")
    path = tmp_path / "scans.jpg"
    path.write_bytes(_scans(4_000))
    reason = pictures.unreadable(path)
    assert reason is not None and "2 seconds" in reason


def test_a_library_that_opens_pictures_by_itself_finds_no_other_decoder(tmp_path: Path) -> None:
    before = Image.ID[:]
    with pictures.no_other_decoders():
        with pytest.raises(UnidentifiedImageError):
            Image.open(io.BytesIO(EPS))
        buffer = io.BytesIO()
        Image.new("RGB", (2, 2)).save(buffer, "PNG")
        assert Image.open(io.BytesIO(buffer.getvalue())).format == "PNG"
    assert before == Image.ID


def test_what_is_odd_in_a_picture_is_no_warning(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.jpg"
    Image.new("RGB", (30, 30)).save(
        path, exif=b"Exif\0\0II*\0\x08\0\0\0\x05\0\x0f\x01\x02\0\xff\xff\xff\x7f\xff\xff\xff\xff"
    )
    assert pictures.size(pictures.upright(path)) == (30, 30)
    assert pictures.unreadable(path) is None and capfd.readouterr() == ("", "")


def test_a_large_logo_takes_little_memory() -> None:
    buffer = io.BytesIO()
    Image.new("L", (9_000, 6_000), 128).save(buffer, "JPEG")
    assert pictures.size(pictures.on_ground(buffer.getvalue(), "#ffffff", 0.1)) == (4_800, 3_467)
