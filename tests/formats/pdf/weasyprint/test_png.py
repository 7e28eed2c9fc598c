"""A PNG file's pixels reach the PDF as they are: the same picture, not decoded and encoded on the way."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from report.formats import pdf
from report.formats.pdf.weasyprint import png
from tests.formats.docx import support
from tests.judges import pdf_fast


def _gradient() -> Image.Image:
    made = Image.new("RGB", (61, 37))
    made.putdata([((x * 4) % 256, (y * 6) % 256, (x * y) % 256) for y in range(37) for x in range(61)])
    return made


KINDS = {
    "rgb": lambda: _gradient(),
    "grey": lambda: _gradient().convert("L"),
    "palette": lambda: _gradient().quantize(200),
    "sixteen": lambda: _gradient().quantize(16),
    "four": lambda: _gradient().quantize(3),
    "bits": lambda: _gradient().convert("1"),
    "rgba": lambda: _gradient().convert("RGBA"),
    "grey-alpha": lambda: _gradient().convert("LA"),
}


def _made(picture: Image.Image, folder: Path, **saving: object) -> tuple[Path, Image.Image]:
    """Write a PDF with one picture; return it and the picture that is inside."""
    path = folder / "picture.png"
    picture.save(path, **saving)
    document = support.document('<main><p><img src="picture.png" alt="x"></p></main>', assets={"picture.png": path})
    look = dataclasses.replace(document.look, styles=("html { image-rendering: crisp-edges }",))
    target = pdf.write(dataclasses.replace(document, look=look), folder / "x.pdf").path
    with pikepdf.open(target) as file:
        images = [o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        inside = next(image for image in images if "/SMask" in image or len(images) == 1)
        return target, pikepdf.PdfImage(inside).as_pil_image().convert("RGB")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_picture_is_inside(kind: str, tmp_path: Path) -> None:
    picture = KINDS[kind]()
    made, inside = _made(picture, tmp_path)
    assert inside.size == picture.size
    assert inside.tobytes() == picture.convert("RGB").tobytes()
    assert pdf_fast.findings(made) == []


@pytest.mark.parametrize(("kind", "space"), [("rgb", "/DeviceRGB"), ("grey", "/DeviceGray"), ("palette", "/Indexed")])
def test_rows_are_those_of_the_file(kind: str, space: str, tmp_path: Path) -> None:
    made, _ = _made(KINDS[kind](), tmp_path)
    rows = png.read((tmp_path / "picture.png").read_bytes())
    with pikepdf.open(made) as file:
        image = next(o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image")
        assert rows is not None and image.read_raw_bytes() == rows.rows
        found = image.ColorSpace
        assert (found[0] if isinstance(found, pikepdf.Array) else found) == space


def test_transparent_colours_of_a_palette_are_a_mask(tmp_path: Path) -> None:
    made, _ = _made(_gradient().quantize(16), tmp_path, transparency=0)
    with pikepdf.open(made) as file:
        assert any("/SMask" in o for o in file.objects if isinstance(o, pikepdf.Stream))


@pytest.mark.parametrize("cut", [20, 40, 200, -4])
def test_a_cut_off_file_is_left_to_others(cut: int) -> None:
    whole = io.BytesIO()
    _gradient().save(whole, "PNG")
    assert png.read(whole.getvalue()) is not None
    assert png.read(whole.getvalue()[:cut]) is None
