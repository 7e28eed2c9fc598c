"""Pictures with a colour profile of their own have the same colours in every format: those of sRGB."""

from __future__ import annotations

import base64
import dataclasses
import io
import re
from pathlib import Path

import pikepdf
import pytest
from docx import Document as WordFile
from PIL import Image, ImageCms

from report import isolation, pictures, pipeline
from report.formats import docx, html, pdf
from report.values import Document, Printing, Severity
from report.workspace import Workspace
from tests import icc
from tests.formats.docx import support

SPACES = {"adobe": (icc.ADOBE, 2.19921875), "prophoto": (icc.PROPHOTO, 1.8), "p3": (icc.P3, 2.2)}
COLOURS = ((200, 100, 50), (60, 120, 180), (128, 128, 128), (30, 160, 140))
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
INKS = (support.TEMPLATES.parent / "data" / "profiles" / "icc" / "ISOcoated_v2_300_bas.icc").read_bytes()


def _saved(path: Path, picture: Image.Image, profile: bytes | None = None, **more: object) -> Path:
    told = {"icc_profile": profile} if profile else {}
    picture.save(path, **told, **({"quality": 98} if path.suffix == ".jpg" else {}), **more)
    return path


def _document(**assets: Path) -> Document:
    body = "<h1>T</h1>" + "".join(f'<p><img src="{path.name}" alt="A"></p>' for path in assets.values())
    made = support.document(f"<main>{body}</main>", assets={path.name: path for path in assets.values()})
    styles = ("html { image-rendering: crisp-edges }",)
    return dataclasses.replace(made, look=dataclasses.replace(made.look, styles=styles))


def _shown(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as picture:
        assert "icc_profile" not in picture.info
        return picture.copy()


def _near(one: object, other: object, most: int) -> bool:
    pairs = zip(*(value if isinstance(value, tuple) else (value,) for value in (one, other)), strict=True)
    return all(abs(a - b) <= most for a, b in pairs)


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("space", SPACES)
def test_colours_are_those_that_were_seen(
    space: str, colour: tuple[int, int, int], suffix: str, tmp_path: Path
) -> None:
    path = _saved(tmp_path / f"x{suffix}", Image.new("RGB", (40, 30), colour), icc.rgb(*SPACES[space]))
    assert _near(_shown(pictures.upright(path)).getpixel((20, 15)), icc.in_srgb(colour, *SPACES[space]), 4 if suffix == ".jpg" else 1)  # fmt: skip


@pytest.mark.parametrize("gamma", [1.0, 1.8, 2.2])
@pytest.mark.parametrize("mode", ["L", "LA"])
def test_grey_stays_grey(mode: str, gamma: float, tmp_path: Path) -> None:
    grey = Image.new("L", (30, 30), 60)
    if mode == "LA":
        grey.putalpha(77)
    made = _shown(pictures.upright(_saved(tmp_path / "x.png", grey, icc.grey(gamma))))
    assert made.mode == mode and _near(made.getchannel("L").getpixel((9, 9)), icc.grey_in_srgb(60, gamma), 1)
    assert mode == "L" or made.getchannel("A").getpixel((9, 9)) == 77
    jpeg = _saved(tmp_path / "x.jpg", Image.new("L", (30, 30), 60), icc.grey(gamma))
    assert _near(_shown(pictures.upright(jpeg)).getpixel((9, 9)), icc.grey_in_srgb(60, gamma), 2)


def test_what_is_transparent_and_palettes_stay_so(tmp_path: Path) -> None:
    profile, expected = icc.rgb(*SPACES["adobe"]), icc.in_srgb(COLOURS[0], *SPACES["adobe"])
    made = _shown(pictures.upright(_saved(tmp_path / "a.png", Image.new("RGBA", (9, 9), (*COLOURS[0], 50)), profile)))
    assert made.mode == "RGBA" and made.getpixel((4, 4))[3] == 50 and _near(made.getpixel((4, 4))[:3], expected, 1)
    two = Image.new("RGB", (9, 9), COLOURS[0])
    two.putpixel((0, 0), COLOURS[1])
    made = _shown(pictures.upright(_saved(tmp_path / "p.png", two.quantize(4), profile)))
    assert made.mode == "P" and _near(made.convert("RGB").getpixel((4, 4)), expected, 1)


def test_inks_are_turned_by_their_profile(tmp_path: Path) -> None:
    cyan = Image.new("CMYK", (30, 30), (255, 0, 0, 0))
    by_profile = _shown(pictures.upright(_saved(tmp_path / "a.jpg", cyan, INKS)))
    assert by_profile.mode == "RGB" and _near(by_profile.getpixel((9, 9)), (0, 158, 227), 4)  # the cyan of ISO 12647-2
    assert _near(_shown(pictures.upright(_saved(tmp_path / "b.jpg", cyan))).getpixel((9, 9)), (0, 255, 255), 4)


def test_every_format_has_the_same_bytes(tmp_path: Path) -> None:
    photograph = Image.merge(
        "RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256), 90)]
    )
    path = _saved(tmp_path / "x.jpg", photograph, icc.rgb(*SPACES["p3"]))
    document, content = _document(x=path), pictures.upright(path)
    with pikepdf.open(pdf.write(document, tmp_path / "x.pdf").path) as file:
        (image,) = [o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert image.read_raw_bytes() == content and image.ColorSpace == "/DeviceRGB"
    word = WordFile(str(docx.write(document, tmp_path / "x.docx").path))
    assert [part.blob for part in word.part.package.image_parts] == [content]
    text = html.write(document, tmp_path / "x.html").path.read_text("utf-8")
    assert base64.b64decode(re.findall(r'src="data:image/jpeg;base64,([^"]+)"', text)[0]) == content
    pictures._upright.cache_clear()
    assert pictures.upright(path) == content, "the same bytes each time"


def test_a_telephones_photograph_is_turned_upright_and_into_srgb(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = _saved(tmp_path / "x.jpg", Image.new("RGB", (80, 40), COLOURS[0]), icc.rgb(*SPACES["p3"]), exif=exif)
    made = _shown(pictures.upright(path))
    assert made.size == (40, 80) and _near(made.getpixel((20, 20)), icc.in_srgb(COLOURS[0], *SPACES["p3"]), 4)


@pytest.mark.parametrize("name", ["untagged.jpg", "untagged.png", "srgb.jpg", "srgb.png", "srgb-grey.jpg"])
def test_pictures_in_srgb_keep_their_bytes(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = Image.new("L", (30, 30), 90) if "grey" in name else Image.new("RGB", (30, 30), COLOURS[0])
    path = _saved(tmp_path / name, picture, SRGB if "srgb" in name else None)
    if "untagged" in name:
        monkeypatch.setattr(isolation, "run", None)  # nothing more is done for them than before
    assert pictures.upright(path) == path.read_bytes() and pictures.odd_colours(path) is None


def test_a_print_shop_gets_the_profile_of_a_photograph(tmp_path: Path) -> None:
    """Inks are reckoned from a photograph's own colours, which sRGB may lack (`report.press.produce.targets`)."""
    profile, exif = icc.rgb(*SPACES["p3"]), Image.Exif()
    exif[0x0112] = 6
    plain = _saved(tmp_path / "a.jpg", Image.new("RGB", (30, 20), COLOURS[0]), profile)
    turned = _saved(tmp_path / "b.jpg", Image.new("RGB", (30, 20), COLOURS[1]), profile, exif=exif)
    art = _saved(tmp_path / "c.png", Image.new("RGB", (30, 20), COLOURS[2]), profile)
    document = dataclasses.replace(
        _document(a=plain, b=turned, c=art), printing=Printing(210, 297, bleed=3, press=True)
    )
    with pikepdf.open(pdf.write(document, tmp_path / "x.pdf").path) as file:
        images = [o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        coded = [o.read_raw_bytes() for o in images if o.Filter == "/DCTDecode"]
    assert len(images) == 3 and plain.read_bytes() in coded
    assert [Image.open(io.BytesIO(each)).info["icc_profile"] for each in coded] == [profile] * 2
    assert "icc_profile" not in Image.open(io.BytesIO(pictures.upright(art, for_press=True))).info


BROKEN = {
    "cut off": (SRGB[:300], "RGB", "damaged"),
    "no profile": (b"none of this is a profile", "RGB", "damaged"),
    "of grey": (icc.grey(2.2), "RGB", "GRAY"),
    "of inks": (INKS, "RGB", "CMYK"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_profile_that_cannot_be_heeded_is_told_at_its_place(name: str, tmp_path: Path) -> None:
    profile, mode, word = BROKEN[name]
    own = tmp_path / "data" / "amani"
    (own / "2025").mkdir(parents=True)
    _saved(own / "x.jpg", Image.new(mode, (30, 30), COLOURS[0]), profile)
    texts = {
        "organisation.yaml": "name: Amani\ncountry: KE\nlanguages: [en]\nmission: Peace.\n",
        "documents.yaml": "documents:\n  - {id: report, kind: annual-report, year: 2025, title: Report, languages: [en], formats: [html], date: 2026-03-01}\n",
        "programmes.yaml": "programmes:\n  - {id: wells, name: Wells, since: 2014, summary: We dig.}\n",
        "2025/year.yaml": "summary: A year.\npictures:\n  - file: x.jpg\n    alt: A\n    programme: wells\n",
    }
    for file, text in texts.items():
        (own / file).write_text(text, "utf-8")
    workspace = Workspace.at(tmp_path)
    checked = pipeline.check(workspace, "amani")
    (note,) = [p for p in checked.problems if p.code == "image.profile"]
    assert note.severity is Severity.NOTE and word in note.message and "sRGB" in note.message and not checked.errors
    assert note.location and (note.location.path.name, note.location.line, note.location.column) == ("year.yaml", 3, 11)
    (job,) = pipeline.jobs(checked.dossier, (), (), ())
    made = pipeline.run(workspace, job)
    assert any(p.code == "image.profile" for p in made.problems) and any(a.format == "html" for a in made.artifacts)
    assert _near(Image.open(io.BytesIO(pictures.upright(own / "x.jpg"))).getpixel((9, 9)), COLOURS[0], 4)
