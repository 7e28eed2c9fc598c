"""Faults to plant: what is added to the second page, the codes that it gives, and where, in mm from the trim's top left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.press.planted import (  # fmt: skip
    BLEED,
    CLEAN,
    GROUND,
    HEIGHT,
    MM,
    WIDTH,
    Plan,
    font,
    image,
    line,
    picture,
    rect,
    words,
    x,
    y,
)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Planted:
    """A fault: its name, its plan, its codes, its page (none: the file's) and its place."""

    name: str
    plan: Plan
    code: str
    page: int | None = 2
    box: Box | None = None
    folds: tuple[float, ...] = ()
    shop: str = "print-europe"


def _extra(said: str, **resources: dict[str, object]) -> Plan:
    return Plan(extra=f"q {said} Q", resources=resources)


def _file(mend: Callable[[pikepdf.Pdf], None], **more: Any) -> Plan:
    return Plan(mend=mend, **more)


def _page(change: Callable[[pikepdf.Pdf, pikepdf.Page], None]) -> Plan:
    return Plan(mend=lambda pdf: change(pdf, pdf.pages[1]))


def _image(pixels: tuple[int, int], sample: bytes, **more: Any) -> dict[str, object]:
    return {"Im2": lambda pdf: picture(pdf, pixels, sample, **more)}


def _set(key: str, value: object) -> Plan:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj[key] = value(pdf) if callable(value) else value

    return _page(change)


def _drop(key: str) -> Plan:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        del page.obj[key]

    return _page(change)


def _intent(change: Callable[[pikepdf.Pdf, Any], None]) -> Plan:
    return _file(lambda pdf: change(pdf, pdf.Root.OutputIntents[0]))


def _icc(start: int, value: bytes) -> Plan:
    def change(pdf: pikepdf.Pdf, found: Any) -> None:
        data = found.DestOutputProfile.read_bytes()
        found.DestOutputProfile = Stream(pdf, data[:start] + value + data[start + len(value) :], N=4)

    return _intent(change)


def _state(**entries: object) -> dict[str, object]:
    return {"State": Dictionary(entries | {"/Type": Name.ExtGState})}


def _link(pdf: pikepdf.Pdf) -> Array:
    box = [x(20), y(60), x(60), y(50)]
    return Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(box), Border=Array([0, 0, 0]))])


def _separation(name: str) -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.8, 0.9, 0], N=1)
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, tint])


def _icc_space(pdf: pikepdf.Pdf) -> Array:
    from PIL import ImageCms

    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, data, N=3))])


SHADING = Dictionary(
    ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[x(20), 0, x(60), 0],
    Function=Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1),
)  # fmt: skip
TYPE3 = Dictionary(
    Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 750, 750], FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97,
    LastChar=97, Widths=[1000], Encoding=Dictionary(Type=Name.Encoding, Differences=[97, Name.square]),
)  # fmt: skip


def _type3(pdf: pikepdf.Pdf) -> Dictionary:
    made = Dictionary(TYPE3)
    made.CharProcs = Dictionary(square=Stream(pdf, b"1000 0 0 0 750 750 d1 0 0 750 750 re f"))
    return pdf.make_indirect(made)


BLACK = "0 0 0 1 k /Over gs"
FOLDED = f"{BLACK} {words('Planted', 100, 150)}"
PATCH: Box = (20, 120, 50, 140)
AT = rect(20, 120, 30, 20)
WORD: Box = (20, 147.4, 32, 150.1)
"""Where “Planted” stands at 10 points."""


def _text(colour: str, size: float = 10) -> str:
    return f"{colour} {words('Planted', 20, 150, size)}"


FAULTS = [
    Planted("RGB text", _extra(_text("0.5 0 0 rg")), "print.rgb-text", box=WORD),
    Planted("RGB shape", _extra(f"0.5 0 0 rg {AT} f"), "print.rgb-vector", box=PATCH),
    Planted("RGB line", _extra(f"0.5 0 0 RG 1 w {line(20, 120, 50, 120)} S"), "print.rgb-vector", box=(20, 120, 50, 120)),
    Planted("RGB image", _extra(image("Im2", 20, 120, 30, 20), XObject=_image((360, 240), b"\x80\x40\x40", space=Name.DeviceRGB)), "print.rgb-image", box=PATCH),
    Planted("RGB inline image", _extra(f"q {30 * MM} 0 0 {20 * MM} {x(20)} {y(140)} cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID \x80\x40\x40 EI Q"), "print.rgb-image", box=PATCH),
    Planted("RGB shading", _extra(f"{AT} W n /Sh1 sh", Shading={"Sh1": SHADING}), "print.rgb-shading", box=PATCH),
    Planted("ICC RGB", _extra(f"/Icc cs 0.5 0 0 sc {AT} f", ColorSpace={"Icc": _icc_space}), "print.rgb-vector", box=PATCH),
    Planted("Lab", _extra(f"/Lab cs 50 20 20 sc {AT} f", ColorSpace={"Lab": Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])}), "print.rgb-vector", box=PATCH),
    Planted("RGB in a form", _extra("/Fm1 Do", XObject={"Fm1": lambda pdf: Stream(pdf, f"0.5 0 0 rg {AT} f".encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1000, 1000])}), "print.rgb-vector", box=PATCH),
    Planted("90 ppi", _extra(image("Im2", 20, 120, 30, 20), XObject=_image((106, 71), bytes((20, 40, 60, 0)))), "print.resolution-least", box=PATCH),
    Planted("200 ppi", _extra(image("Im2", 20, 120, 30, 20), XObject=_image((236, 157), bytes((20, 40, 60, 0)))), "print.resolution", box=PATCH),
    Planted("line art", _extra(f"0 0 0 1 k {image('Im2', 20, 120, 32, 20)}", XObject={"Im2": lambda pdf: Stream(pdf, b"\x55" * 48 * 240, Type=Name.XObject, Subtype=Name.Image, Width=384, Height=240, BitsPerComponent=1, ImageMask=True)}), "print.line-art", box=(20, 120, 52, 140)),
    Planted("stretched", _extra(image("Im2", 20, 120, 30, 20), XObject=_image((500, 240), bytes((20, 40, 60, 0)))), "print.stretched", box=PATCH),
    Planted("340 % of ink", _extra(f"0.9 0.8 0.8 0.9 k {AT} f"), "print.ink", box=PATCH),
    Planted("ink by overprint", _extra(f"1 0.9 0 0 k {AT} f /Over gs 0 0 0.8 0.5 k {rect(30, 120, 10, 10)} f"), "print.ink", box=(30, 120, 40, 130)),
    Planted("ink of an image", _extra(image("Im2", 20, 120, 30, 20), XObject=_image((360, 240), bytes((230, 204, 204, 230)))), "print.ink", box=PATCH),
    Planted("no bleed", Plan(CLEAN.replace(GROUND, f"q 0.1 0 0.05 0 k {rect(0, 0, WIDTH, HEIGHT)} f Q")), "print.bleed-missing", box=(0, 0, WIDTH, HEIGHT)),
    Planted("image ends at the trim", _extra(image("Im2", WIDTH - 30, 120, 30, 20), XObject=_image((360, 240), bytes((120, 40, 60, 0)))), "print.bleed-missing", box=(WIDTH - 30, 120, WIDTH, 140)),
    Planted("bar ends before the trim", _extra(f"0 0.5 0.5 0 k {rect(20, HEIGHT - 10.2, 30, 10)} f"), "print.bleed-missing", box=(20, HEIGHT - 10.2, 50, HEIGHT - 0.2)),
    Planted("half a bleed", _extra(f"0 0.5 0.5 0 k {rect(-1.5, 120, 30, 20)} f"), "print.bleed-missing", box=(-1.5, 120, 28.5, 140)),
    Planted("text 1 mm from a fold", _extra(FOLDED), "print.near-fold", box=(100, 147.4, 112, 150.1), folds=(113,)),
    Planted("text across a fold", _extra(FOLDED), "print.across-fold", box=(100, 147.4, 112, 150.1), folds=(106,)),
    Planted("text near the trim", _extra(f"{BLACK} {words('Planted', 2, 150)}"), "print.near-trim", box=(2, 147.4, 14, 150.1)),
    Planted("text over the trim", _extra(f"{BLACK} {words('Planted', WIDTH - 8, 150)}"), "print.text-cut", box=(WIDTH - 8, 147.4, WIDTH + 4.2, 150.1)),
    Planted("font not embedded", _extra(f"{BLACK} {words('Planted', 20, 150, font='F2')}", Font={"F2": lambda pdf: font(pdf, False)}), "print.font-unembedded", box=WORD),
    Planted("Helvetica", _extra(f"{BLACK} {words('Planted', 20, 150, font='F2')}", Font={"F2": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)}), "print.font-unembedded", box=(20, 147.4, 32, 150)),
    Planted("Type 3", _extra(f"{BLACK} {words('aaa', 20, 150, font='F3')}", Font={"F3": _type3}), "print.font-type3", box=(20, 147.4, 30.6, 150)),
    Planted("small type", _extra(_text(BLACK, 5)), "print.type-small", box=(20, 148.7, 26, 150.1)),
    Planted("small type reversed", _extra(f"0.8 0.6 0 0 k {AT} f 0 0 0 0 k {words('Planted', 22, 130, 6.5)}"), "print.type-reversed", box=(22, 128.3, 29.8, 130.1)),
    Planted("rich black", _extra(_text("0.4 0.3 0.3 1 k")), "print.rich-black", box=WORD),
    Planted("text in four inks", _extra(_text("0.6 0.5 0.3 0.4 k")), "print.type-inks", box=WORD),
    Planted("black that knocks out", _extra(f"0 0.5 0.6 0 k {AT} f 0 0 0 1 k {words('Planted', 22, 130)}"), "print.black-knockout", box=(22, 127.4, 34, 130.1)),
    Planted("hairline", _extra(f"0 0 0 1 K 0.1 w {line(20, 120, 50, 120)} S"), "print.hairline", box=(20, 120, 50, 120)),
    Planted("line of no width", _extra(f"0 0 0 1 K 0 w {line(20, 120, 50, 120)} S"), "print.hairline", box=(20, 120, 50, 120)),
    Planted("scaled line", _extra(f"0 0 0 1 K 0.1 0 0 0.1 0 0 cm 1 w {x(20) * 10} {y(120) * 10} m {x(50) * 10} {y(120) * 10} l S"), "print.hairline", box=(20, 120, 50, 120)),
    Planted("thin bar", _extra(f"0 0 0 1 k {rect(20, 120, 30, 0.05)} f"), "print.hairline", box=(20, 120, 50, 120.05)),
    Planted("hairline reversed", _extra(f"0.8 0.6 0 0 k {AT} f 0 0 0 0 K 0.3 w {line(22, 130, 48, 130)} S"), "print.hairline-reversed", box=(22, 130, 48, 130)),
    Planted("white overprint", _extra(f"0.8 0.6 0 0 k {AT} f /Over gs 0 0 0 0 k {words('Planted', 22, 130, 12)}"), "print.white-overprint", box=(22, 126.9, 36.4, 130.1)),
    Planted("white shape overprints", _extra(f"/Over gs 0 0 0 0 k {AT} f"), "print.white-overprint", box=PATCH),
    Planted("overprint mode 0", _extra(f"/State gs 0 0 0 1 k {AT} f", ExtGState=_state(**{"/op": True, "/OPM": 0})), "print.overprint-mode", box=PATCH),
    Planted("registration", _extra(f"/All cs 1 scn {AT} f", ColorSpace={"All": _separation("All")}), "print.registration", box=PATCH),
    Planted("spot colour", _extra(f"/Spot cs 1 scn {AT} f", ColorSpace={"Spot": _separation("Gold")}), "print.spot", box=PATCH),
    Planted("RGB crop marks", _extra(f"0 0 0 RG 0.5 w {line(-9, 0, -4, 0)} S"), "print.marks-rgb", box=(-9, 0, -4, 0), shop="marks"),
    Planted("black crop marks", _extra(f"0 0 0 1 K 0.5 w {line(-9, 0, -4, 0)} S"), "print.marks-ink", box=(-9, 0, -4, 0), shop="marks"),
    Planted("marks inside the bleed", _extra(f"1 1 1 1 K 0.5 w {line(-9, 0, -2, 0)} S"), "print.marks-bleed", box=(-9, 0, -2, 0), shop="marks"),
    Planted("marks not wanted", _extra(f"/All CS 1 SCN 0.5 w {line(-9, 0, -4, 0)} S", ColorSpace={"All": _separation("All")}), "print.marks", box=(-9, 0, -4, 0)),
    Planted("link", _set("/Annots", _link), "print.annotation", box=(20, 50, 60, 60)),
    Planted("wrong trim", _set("/TrimBox", lambda pdf: Array([x(0), y(HEIGHT), x(WIDTH - 5), y(0)])), "print.trim-size", box=(0, 0, WIDTH - 5, HEIGHT)),
    Planted("no trim box", _drop("/TrimBox"), "print.trim-missing"),
    Planted("trim beyond the bleed", _set("/BleedBox", lambda pdf: Array([x(1), y(HEIGHT), x(WIDTH), y(0)])), "print.trim-outside", box=(0, 0, WIDTH, HEIGHT)),
    Planted("narrow bleed box", _set("/BleedBox", lambda pdf: Array([x(-1), y(HEIGHT + 1), x(WIDTH + 1), y(-1)])), "print.bleed-box", box=(0, 0, WIDTH, HEIGHT)),
    Planted("turned page", _set("/Rotate", 180), "print.rotation"),
    Planted("blank page", Plan(""), "print.blank"),
    Planted("transfer function", _extra("/State gs", ExtGState=_state(**{"/TR": Dictionary(FunctionType=2, Domain=[0, 1], N=2)})), "print.transfer"),
    Planted("halftone", _extra("/State gs", ExtGState=_state(**{"/HT": Dictionary(HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round)})), "print.halftone"),
    Planted("missing font", _extra(_text(BLACK).replace("/F1", "/F9")), "print.page-unreadable"),
    Planted("16 bits", _extra(image("Im2", 20, 120, 30, 20), XObject={"Im2": lambda pdf: Stream(pdf, b"\x10\0\x20\0\x30\0\0\0" * 360 * 240, Type=Name.XObject, Subtype=Name.Image, Width=360, Height=240, BitsPerComponent=16, ColorSpace=Name.DeviceCMYK)}), "print.16-bit", box=PATCH),
    Planted("blending in RGB", _extra(f"/State gs 0 0.2 0.3 0 k {AT} f", ExtGState=_state(**{"/ca": 0.5})), "print.blend-space"),
    # the file
    Planted("no output intent", _file(lambda pdf: pdf.Root.__delitem__("/OutputIntents")), "print.output-intent", None),
    Planted("another condition", _intent(lambda pdf, found: found.__setitem__("/OutputConditionIdentifier", String("FOGRA52"))), "print.condition", None),
    Planted("no profile", _intent(lambda pdf, found: found.__delitem__("/DestOutputProfile")), "print.intent-profile", None),
    Planted("profile of RGB", _icc(16, b"RGB "), "print.intent-colours", None),
    Planted("profile of a screen", _icc(12, b"mntr"), "print.icc-class", None),
    Planted("no claim", _file(lambda pdf: pdf.Root.__delitem__("/Metadata")), "print.standard", None),
    Planted("not trapped", _file(lambda pdf: pdf.docinfo.__delitem__("/Trapped")), "print.trapped", None),
    Planted("PDF 2.0", Plan(version="2.0"), "print.version", None),
    Planted("attachment", _file(lambda pdf: pdf.attachments.__setitem__("notes.txt", b"notes")), "print.embedded-files", None),
    Planted("script", _file(lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.beep()")))), "print.javascript", None),
    Planted("layers", _file(lambda pdf: pdf.Root.__setitem__("/OCProperties", Dictionary(OCGs=[pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Bleed")))], D=Dictionary()))), "print.layers", None),
]  # fmt: skip


def blended(pdf: pikepdf.Pdf) -> None:
    """Let the second page blend in RGB."""
    pdf.pages[1].obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)


next(one for one in FAULTS if one.name == "blending in RGB").plan.mend = blended
assert BLEED == 3
