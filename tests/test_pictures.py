"""Pictures that cameras and printers make reach every format upright and in RGB."""

from __future__ import annotations

import base64
import dataclasses
import io
import re
from pathlib import Path

import pikepdf
import pytest
from docx import Document as WordFile
from PIL import Image

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
