"""Small laid-out PDFs with bleed, and what is found in a produced one."""

from __future__ import annotations

import base64
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from report.press.produce import PrintOrder, ink_limit

BLEED = 5
INKS = {"#0f3d4c": (70.0, 20.0, 0.0, 75.0), "#1d2a30": (0.0, 0.0, 0.0, 100.0), "#c2451e": (0.0, 80.0, 85.0, 20.0)}
DATE = datetime.date(2026, 3, 1)
_PAGE = (
    f"@page {{size: 80mm 60mm; margin: 6mm; bleed: {BLEED}mm}} body {{font: 9pt sans-serif; color: #1d2a30; margin: 0}}"
)


def order(**more: Any) -> PrintOrder:
    """Return an order with the inks of three colours."""
    return PrintOrder(**{"title": "Lantern & Bridge", "date": DATE, "bleed": BLEED, "inks": INKS, **more})


def laid_out(path: Path, body: str, style: str = "") -> Path:
    """Lay a page of 80 by 60 mm out with bleed."""
    import weasyprint

    weasyprint.HTML(string=f"<style>{_PAGE}{style}</style><body>{body}").write_pdf(path)
    return path


def blank(path: Path, content: bytes, resources: dict[str, Any] | None = None, **page: Any) -> Path:
    """Write a page of 100 by 100 pt and 5 mm of bleed with the content that is given."""
    pdf = pikepdf.new()
    edge = BLEED * 72 / 25.4
    box = Array([-edge, -edge, 100 + edge, 100 + edge])
    made = Dictionary(
        Type=Name.Page, MediaBox=box, Contents=Stream(pdf, content), Resources=Dictionary(**(resources or {}))
    )
    for key, value in page.items():
        made[f"/{key}"] = value
    pdf.pages.append(pikepdf.Page(made))
    pdf.save(path)
    return path


def image(pdf: pikepdf.Pdf, picture: Image.Image, **more: Any) -> Stream:
    """Return a picture as an image without compression."""
    space = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[picture.mode]
    made = Stream(pdf, picture.tobytes())
    told = {"ColorSpace": space, "BitsPerComponent": 8, "Width": picture.width, "Height": picture.height, **more}
    for key, value in {"Type": Name.XObject, "Subtype": Name.Image, **told}.items():
        made[f"/{key}"] = value
    return made


def uri(picture: Image.Image, kind: str = "PNG", **options: Any) -> str:
    """Return a picture as the address of an img element."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"


def photograph(size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Return a picture of many colours, dark ones among them."""
    level = Image.linear_gradient("L").resize(size)
    across = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize(size)
    return Image.merge("RGB", [level, across, level.point(lambda value: value * 3 // 4)])


@dataclass(frozen=True)
class Shown:
    """A piece of text as it is painted: its fill, and whether it overprints."""

    fill: tuple[float, ...] | None
    over: bool
    clear: bool
    text: bytes


def streams(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Yield every content stream of a file with its resources."""
    for page in pdf.pages:
        yield page.obj, page.obj.Resources
    for each in pdf.objects:
        if isinstance(each, Stream) and (each.get("/Subtype") == Name.Form or each.get("/PatternType") == 1):
            yield each, each.get("/Resources", Dictionary())
        if isinstance(each, Dictionary) and each.get("/Subtype") == Name.Type3:
            for glyph in each.CharProcs.values():
                yield glyph, each.get("/Resources", Dictionary())


def masks(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Return the groups that are grey, since they are luminosity masks, with what stands in them."""
    found: set[tuple[int, int]] = set()

    def into(form: Any) -> None:
        found.add(form.objgen)
        for kind in ("/XObject", "/Pattern"):
            for each in form.get("/Resources", Dictionary()).get(kind, Dictionary()).values():
                if each.objgen not in found:
                    into(each)

    for each in pdf.objects:
        for state in dictionaries(each):
            mask = state.get("/SMask")
            if isinstance(mask, Dictionary) and mask.get("/S") == Name.Luminosity:
                into(mask.G)
    return found


def dictionaries(told: Any) -> Iterator[Any]:
    """Yield every dictionary in an object, without following references; a stream's own among them."""
    if isinstance(told, Stream):
        told = Dictionary(dict(told.items()))
    if isinstance(told, Dictionary):
        yield told
    parts = told if isinstance(told, Array) else told.values() if isinstance(told, Dictionary) else ()
    for part in parts:
        if not value_is_indirect(part):
            yield from dictionaries(part)


def value_is_indirect(value: Any) -> bool:
    """Say whether a value is an object of its own, which is met there."""
    return isinstance(value, pikepdf.Object) and value.is_indirect


def names(told: Any) -> Iterator[str]:
    """Yield every name in an object, without following references."""
    if isinstance(told, Name):
        yield str(told)
    elif isinstance(told, Array):
        for each in told:
            if not value_is_indirect(each):
                yield from names(each)
    elif isinstance(told, Dictionary | Stream):
        for each in told.values():
            if not value_is_indirect(each):
                yield from names(each)


def shown(page: Any) -> list[Shown]:
    """Return what text a page paints, forms included, as an interpreter of content streams sees it."""
    found: list[Shown] = []
    _interpret(page, page.Resources, (None, False, False), found)
    return found


def _interpret(stream: Any, resources: Any, state: tuple, found: list[Shown]) -> None:
    fill, over, clear = state
    saved = []
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator):
            case "k":
                fill = tuple(round(float(x), 4) for x in operands)
            case "scn":
                fill = None
            case "q":
                saved.append((fill, over, clear))
            case "Q":
                fill, over, clear = saved.pop()
            case "gs":
                told = resources.ExtGState[str(operands[0])]
                over = bool(told.op) if "/op" in told else over
                clear = float(told.ca) < 1 if "/ca" in told else clear
            case "Tj" | "TJ":
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                text = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
                found.append(Shown(fill, over, clear, text))
            case "Do":
                form = resources.XObject[str(operands[0])]
                assert not over, "a picture or a form is painted while text overprints"
                if form.Subtype == Name.Form:
                    _interpret(form, form.get("/Resources", resources), (fill, over, clear), found)
            case "f" | "f*" | "B" | "S" | "sh":
                assert not over, "something other than text overprints"


def pictures(pdf: pikepdf.Pdf) -> list[tuple[Any, Image.Image]]:
    """Return every picture of a file that is no mask, with its pixels as L or CMYK."""
    soft = {each.SMask.objgen for each in pdf.objects if isinstance(each, Stream) and "/SMask" in each}
    return [
        (each, _pixels(each))
        for each in pdf.objects
        if isinstance(each, Stream)
        and each.get("/Subtype") == Name.Image
        and not each.get("/ImageMask", False)
        and each.objgen not in soft
    ]


def _pixels(each: Any) -> Image.Image:
    size = (int(each.Width), int(each.Height))
    if each.get("/Filter") == Name.DCTDecode:
        with Image.open(io.BytesIO(each.read_raw_bytes())) as picture:
            return picture.copy()  # Pillow turns the inks of Adobe's way round
    if isinstance(each.ColorSpace, Array):
        assert str(each.ColorSpace[0]) == "/Indexed"
        depth, table = int(each.BitsPerComponent), bytes(each.ColorSpace[3])
        wide = {"/DeviceCMYK": 4, "/DeviceGray": 1}[str(each.ColorSpace[1])]
        mode, raw = {1: ("1", "1"), 8: ("L", "L")}.get(depth, ("L", f"L;{depth}"))
        indexes = Image.frombytes(mode, size, each.read_bytes(), "raw", raw).convert("L")
        scale = 255 // (2**depth - 1)
        rows = [(value // scale) * wide for value in range(256)]
        bands = [
            indexes.point([table[row + band] if row + band < len(table) else 0 for row in rows]) for band in range(wide)
        ]
        return Image.merge("CMYK", bands) if wide == 4 else bands[0]
    if int(each.BitsPerComponent) == 1:
        return Image.frombytes("1", size, each.read_bytes()).convert("L")
    return Image.frombytes("CMYK" if each.ColorSpace == Name.DeviceCMYK else "L", size, each.read_bytes())


def most_ink(pdf: pikepdf.Pdf) -> float:
    """Return the most ink, in per cent, that a pixel or a colour of a file has."""
    found = [ink_limit.heaviest(picture) * 100 for _, picture in pictures(pdf) if picture.mode == "CMYK"]
    for stream, _ in streams(pdf):
        for operands, operator in pikepdf.parse_content_stream(stream):
            if str(operator) in ("k", "K"):
                found.append(sum(float(x) for x in operands) * 100)
    for each in pdf.objects:
        for told in dictionaries(each):
            for key in ("/C0", "/C1"):
                if key in told and len(told[key]) == 4 and [int(x) for x in told[key]] != [1, 1, 1, 1]:  # All is no ink
                    found.append(sum(float(x) for x in told[key]) * 100)
    return max(found)


def text(path: Path) -> list[str]:
    """Return the text of each page in the order in which it is painted."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def seen(path: Path, number: int = 0) -> Image.Image:
    """Return a page as it looks, in grey: how PDFium shows inks is no measure of their colour."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return document[number].render(scale=2).to_pil().convert("L")
    finally:
        document.close()
