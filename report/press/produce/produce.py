"""Produce the print edition: open, convert every page, put it into its boxes, say what the file is, write it whole.

Colours are converted on the finished PDF, not in its style sheet: see docs/decisions/0039.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from pikepdf.models import PdfParsingError
from PIL import Image

from report import files
from report.press.pdf import streams
from report.press.pdf.complexity import Complexity
from report.press.pdf.geometry import MM
from report.press.pdf.marks import COLOUR, registration
from report.press.pdf.objects import BROKEN, OddObjectError
from report.press.pdf.opening import limited
from report.press.produce import boxes, marks, metadata, resolutions
from report.press.produce.content import stream_start
from report.press.produce.conversion import Conversion, Problems
from report.press.produce.converter import Converter
from report.press.produce.order import PrintOrder
from report.press.produce.targets import PressInks, is_of_inks
from report.profiles.load import Shop
from report.values import Location, Problem, ReportError

_HINT = "make the PDF again"
_UNREADABLE = "page {}: what is on it cannot be read: {}"
_TOO_FINE = 1.5


def produce(source: Path, target: Path, shop: Shop, order: PrintOrder) -> tuple[Problem, ...]:
    """Make a printer's PDF of a laid-out one, and return the warnings; raise `ReportError` with every error.

    The file is written whole or not at all; equal input gives equal bytes.
    """
    problems = Problems(source)
    press = _press(shop, order, problems)
    if order.standard not in shop.profile.standards:
        wanted = " or ".join(shop.profile.standards)
        problems.error("print.standard", f"{shop.id} accepts {wanted}, not {order.standard}", f"ask for {wanted}")
    content = _read(source)
    with limited(source), _opened(source, content) as pdf:
        try:
            conversion = Conversion(pdf, press, problems, opaque=order.standard == "PDF/X-1a")
            _simple(pdf, problems)
            if order.finest:
                conversion.shares = _shares(pdf, order.finest)
            _pages(pdf, conversion, shop, order)
        except OddObjectError as error:
            raise _error(source, _UNREADABLE.format(problems.page, error)) from None
        except (*BROKEN, PdfParsingError, Image.DecompressionBombError, streams.TooMuchError):
            raise _error(source, _UNREADABLE.format(problems.page, "it is malformed")) from None
        if problems.stop:
            raise ReportError(problems.all)
        metadata.claim(pdf, shop, order, content)
        files.replace(target, _written(pdf, metadata.STANDARDS[order.standard]))
    return problems.all


def _error(source: Path, message: str, hint: str = _HINT) -> ReportError:
    return ReportError.of("print.source", message, Location(source), hint)


def _simple(pdf: pikepdf.Pdf, problems: Problems) -> None:
    """Raise `OddObjectError` for a page that has more on it than can be gone through."""
    complexity = Complexity()
    for number, page in enumerate(pdf.pages, 1):
        problems.page = number
        if not complexity.readable(page.obj):
            raise OddObjectError("there is too much of it, or it is damaged")
    problems.page = 0


def _press(shop: Shop, order: PrintOrder, problems: Problems) -> PressInks:
    """Return the press, with the colours that have inks of their own; one that has too much ink is an error."""
    if not is_of_inks(shop.icc):
        hint = "use the profile that the printer names, from http://www.eci.org or http://www.color.org"
        raise ReportError.of("profile.icc", "is not an ICC profile of four inks", Location(shop.icc), hint)
    most, inks = float(shop.profile.ink.most), {}
    for colour, parts in order.inks.items():
        if (total := sum(parts)) > most:
            name = order.names.get(colour, colour)
            message = f"{name} is printed in {total:g} % of ink; the paper takes {most:g} %"
            problems.error("print.ink", message, "give it less of an ink in  cmyk:  of the theme")
        inks[_bytes(colour)] = tuple(part / 100 for part in parts)
    return PressInks(shop.icc, most, inks)


def _bytes(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise _error(source, f"cannot be read: {error.strerror}") from None


def _opened(source: Path, content: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False)
        if not pdf.is_encrypted:
            return pdf
        pdf.close()
    except pikepdf.PasswordError:
        pass
    except (pikepdf.PdfError, ValueError) as error:
        raise _error(source, f"is not a valid PDF: {error}") from None
    raise _error(source, "is encrypted", "save it without a password")


def _shares(pdf: pikepdf.Pdf, finest: int) -> dict[tuple[int, int], float]:
    """Return what share of its pixels each way is enough for each picture that is too fine."""
    return {key: finest / fine for key, fine in resolutions.resolutions(pdf).items() if fine > _TOO_FINE * finest}


def _pages(pdf: pikepdf.Pdf, conversion: Conversion, shop: Shop, order: PrintOrder) -> None:
    if "/OCProperties" in pdf.Root:
        conversion.problems.error(
            "print.layers", "has layers", "leave out what is not to be printed, and save it without layers"
        )
    if not len(pdf.pages):
        conversion.problems.error("print.page", "has no pages", _HINT)
    converter = Converter(conversion)
    for number, page in enumerate(pdf.pages):
        conversion.problems.page, conversion.transparent = number + 1, False
        frame = boxes.frame(page, order, shop.profile, conversion.problems)
        if frame is not None:
            folds = order.folds[number] if number < len(order.folds) else ()
            _page(converter, page, frame, tuple(fold * MM for fold in folds))
    conversion.problems.page = 0


def _page(converter: Converter, page: Any, frame: boxes.Frame, folds: tuple[float, ...]) -> None:
    """Put a page's content, converted, into a form that is moved into place: so patterns move with what they fill."""
    conversion, pdf = converter.conversion, converter.pdf
    data, printed = converter.stream(page.obj, page.resources, conversion.press)
    start = pikepdf.unparse_content_stream(stream_start())
    form = Stream(pdf, start + b"\n" + data)
    form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, frame.source, printed
    resources = Dictionary(XObject=Dictionary(Page=pdf.make_indirect(form)))
    x, y = frame.shift
    content = f"q 1 0 0 1 {x:g} {y:g} cm /Page Do Q".encode()
    if frame.slug:
        resources.ColorSpace = Dictionary({COLOUR: registration()})
        content += b"\n" + marks.drawn(frame, folds)
    entries = {
        "/Type": Name.Page,
        "/Parent": page.obj.Parent,
        "/MediaBox": frame.box(frame.edge),
        "/BleedBox": frame.box(frame.bleed),
        "/TrimBox": frame.box(0),
        "/Resources": resources,
        "/Contents": pdf.make_indirect(Stream(pdf, content)),
    }
    if conversion.transparent and not conversion.opaque:
        entries["/Group"] = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
    for key in list(page.obj.keys()):
        if key not in entries:
            del page.obj[key]
    for key, value in entries.items():
        page.obj[key] = value


def _written(pdf: pikepdf.Pdf, standard: metadata.Standard) -> bytes:
    out = io.BytesIO()
    _tidy(pdf.Root.Pages)
    mode = pikepdf.ObjectStreamMode.generate if standard.packed else pikepdf.ObjectStreamMode.disable
    pdf.save(out, force_version=standard.version, object_stream_mode=mode, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def _tidy(node: Any) -> None:
    """Take out what pages inherit: each has its own."""
    for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        if key in node:
            del node[key]
    for kid in node.get(Name.Kids, Array()):
        if kid.get(Name.Type) == Name.Pages:
            _tidy(kid)
