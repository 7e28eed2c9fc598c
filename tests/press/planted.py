"""A clean PDF/X-4 of two pages, written by hand, and the same with one fault planted on its second page.

Places are in millimetres from the trim's top left corner. The trim is A5, the bleed 3 mm, the sheet 10 mm larger on every side.
"""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from report.workspace import bundled_profiles, bundled_templates

MM = 72 / 25.4
WIDTH, HEIGHT, BLEED, SLUG = 148.0, 210.0, 3.0, 10.0
LETTERS = " ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,"


def x(mm: float) -> float:
    return (mm + SLUG) * MM


def y(mm: float) -> float:
    return (SLUG + HEIGHT - mm) * MM


def rect(left: float, top: float, width: float, height: float) -> str:
    return f"{x(left):.4f} {y(top + height):.4f} {width * MM:.4f} {height * MM:.4f} re"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x(x0):.4f} {y(y0):.4f} m {x(x1):.4f} {y(y1):.4f} l"


def words(said: str, left: float, base: float, size: float = 10, font: str = "F1") -> str:
    return f"BT /{font} {size} Tf {x(left):.4f} {y(base):.4f} Td ({said}) Tj ET"


def image(name: str, left: float, top: float, width: float, height: float) -> str:
    return f"q {width * MM:.4f} 0 0 {height * MM:.4f} {x(left):.4f} {y(top + height):.4f} cm /{name} Do Q"


GROUND = f"q 0.1 0 0.05 0 k {rect(-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED)} f Q"
CLEAN = "\n".join(
    [
        GROUND,
        image("Im1", 20, 20, 20, 20),
        "q 0 0 0 1 k /Over gs " + words("Plain words", 20, 60) + " Q",
        "q 0.8 0.2 0 0 k " + words("A title", 20, 75, 18) + " Q",
        "q 0 0 0 1 K /Over gs 0.5 w " + line(20, 80, 100, 80) + " S Q",
        "q 0 0.6 0.8 0 k " + rect(20, 90, 30, 20) + " f Q",
    ]
)


@dataclass
class Plan:
    """What is written: the second page's content, its resources by kind, and what is done to the file at last."""

    content: str = CLEAN
    extra: str = ""
    resources: dict[str, dict[str, object]] = field(default_factory=dict)
    mend: Callable[[pikepdf.Pdf], None] | None = None
    version: str = "1.6"


@functools.cache
def _font() -> tuple[bytes, tuple[int, ...]]:
    """The bundled Plex Sans with the letters that are used, and their widths from the space on."""
    font = TTFont(bundled_templates() / "fonts/ibm-plex/IBMPlexSans-Regular.ttf")
    subsetter = Subsetter(Options(notdef_outline=True, layout_features=[]))
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    cmap, advances = font.getBestCmap(), font["hmtx"].metrics
    widths = tuple(advances[cmap[code]][0] if code in cmap else 0 for code in range(32, 127))
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue(), widths


def font(pdf: pikepdf.Pdf, embedded: bool = True) -> Dictionary:
    file, widths = _font()
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Plex"), Flags=32, Ascent=780,
        Descent=-220, CapHeight=698, ItalicAngle=0, StemV=80, FontBBox=[-100, -250, 1200, 1000],
    )  # fmt: skip
    if embedded:
        described.FontFile2 = pdf.make_indirect(Stream(pdf, file, Length1=len(file)))
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/AAAAAA+Plex"), FirstChar=32, LastChar=126,
            Widths=Array(list(widths)), Encoding=Name.WinAnsiEncoding, FontDescriptor=pdf.make_indirect(described),
        )
    )  # fmt: skip


def picture(pdf: pikepdf.Pdf, pixels: tuple[int, int], sample: bytes, space: object = Name.DeviceCMYK, **more: object) -> Stream:  # fmt: skip
    """A picture of one colour."""
    data = zlib.compress(sample * (pixels[0] * pixels[1]))
    made = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=pixels[0], Height=pixels[1], ColorSpace=space, BitsPerComponent=8, Filter=Name.FlateDecode)  # fmt: skip
    for key, value in more.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def intent(pdf: pikepdf.Pdf) -> Dictionary:
    icc = next((bundled_profiles() / "icc").glob("*.icc")).read_bytes()[:2_000]  # its head is what is looked at
    return Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String("FOGRA39"),
        RegistryName=String("http://www.color.org"), DestOutputProfile=pdf.make_indirect(Stream(pdf, icc, N=4)),
    )  # fmt: skip


def write(path: Path, plan: Plan | None = None, pages: int = 2) -> Path:
    """Write the file; the plan is for its second page (or its only one)."""
    plan = plan or Plan()
    with pikepdf.new() as pdf:
        shared = font(pdf)
        clean = picture(pdf, (240, 240), bytes((26, 51, 77, 0)))
        for number in range(1, pages + 1):
            planned = plan if number == min(2, pages) else Plan()
            page = pdf.add_blank_page(page_size=((WIDTH + 2 * SLUG) * MM, (HEIGHT + 2 * SLUG) * MM))
            page.TrimBox = _box(0)
            page.BleedBox = _box(BLEED)
            page.Resources = Dictionary(
                Font=Dictionary(F1=shared),
                XObject=Dictionary(Im1=clean),
                ExtGState=Dictionary(Over=Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)),
            )
            for kind, made in planned.resources.items():
                if f"/{kind}" not in page.Resources:
                    page.Resources[f"/{kind}"] = Dictionary()
                held = page.Resources[f"/{kind}"]
                for name, value in made.items():
                    held[f"/{name}"] = value(pdf) if callable(value) else value
            page.Contents = Stream(pdf, f"{planned.content}\n{planned.extra}".encode("latin-1"))
        pdf.Root.OutputIntents = Array([intent(pdf)])
        pdf.docinfo["/Trapped"] = Name("/False")
        xmp = '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
        pdf.Root.Metadata = pdf.make_indirect(Stream(pdf, xmp.encode(), Type=Name.Metadata, Subtype=Name.XML))
        if plan.mend:
            plan.mend(pdf)
        pdf.save(path, force_version=plan.version, compress_streams=True)
    return path


def _box(beyond: float) -> Array:
    return Array([x(-beyond), y(HEIGHT + beyond), x(WIDTH + beyond), y(-beyond)])
