"""Draw sheets with pikepdf: every page becomes a form XObject (ISO 32000-2 8.10) that sheets place, clipped to its cell.

The sheets take the pages' place in the file that is open: nothing is copied from one file to another, and only what the sheets need is
written. Fonts, images, transparency groups and optional content come with the pages; output intents and layers stay. A page's content
is read to see that it can be, and kept as it is packed. Equal input gives equal bytes.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pikepdf
from lxml import etree
from pikepdf import Object, Pdf

from report.press.impose.layout import holds
from report.press.impose.schemes import Placement, Sheet, Side
from report.press.impose.source_page import SourcePage
from report.press.pdf import streams
from report.press.pdf.marks import COLOUR, registration
from report.press.pdf.objects import dictionary, inherited
from report.press.pdf.opening import OpenPdf
from report.values import Location, ReportError

_CLAIMS = ("{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}")
"""What metadata says of a file that a sheet cannot keep: archived and accessible. PDF/X it can."""

_METADATA = 2_000_000
"""Bytes of metadata; more of it is dropped."""
_CONTENT, _CONTENTS = 200_000_000, 1_000_000_000
"""Bytes that a page's content unpacks to, and that of all pages."""
_PIECES, _JOINED = 10_000, 100_000_000
"""Pieces of a page's content, and bytes of all joined pieces, which are in memory."""
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"


@dataclass(frozen=True, slots=True)
class Drawing:
    """How sheets are drawn: paper in points, `inset` from it to the TrimBox on every edge, the pages' scale and bleed in points.

    `marks` is content drawn over every side. `duplex` tells the printer's dialogue the edge to turn the sheet about: long or short.
    """

    paper: tuple[float, float]
    inset: float = 0.0
    scale: float = 1.0
    bleed: float | None = None
    marks: bytes = b""
    duplex: str | None = None


def draw(opened: OpenPdf, sources: Sequence[SourcePage], sheets: Sequence[Sheet], drawing: Drawing) -> bytes:
    """Return the PDF of the sheets, fronts and backs in turn. Raise `ReportError` for a page whose content cannot be read.

    The file that is open has the sheets for pages afterwards, and nothing else of what it had.
    """
    pdf = opened.pdf
    pages = _Pages(opened, sources, drawing, [page.obj for page in pdf.pages])
    sides = [side for sheet in sheets for side in (sheet.front, sheet.back) if side is not None]
    for number in (placement.page for side in sides for placement in side.placements):
        if number is not None:
            pages.form(number)
    _clear(pdf)
    for side in sides:
        _add(pdf, side, pages, drawing)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(PrintScaling=pikepdf.Name("/None"))
    if drawing.duplex:
        pdf.Root.ViewerPreferences.Duplex = pikepdf.Name(f"/DuplexFlip{drawing.duplex.title()}Edge")
    target, version = io.BytesIO(), pdf.pdf_version  # kept: PDF/X-1a is no newer than 1.4
    mode = pikepdf.ObjectStreamMode.generate if version >= "1.5" else pikepdf.ObjectStreamMode.disable
    packed = pikepdf.StreamDecodeLevel.none
    pdf.save(
        target,
        deterministic_id=True,
        min_version=version,
        object_stream_mode=mode,
        stream_decode_level=packed,
        fix_metadata_version=False,
        encryption=False,
    )
    return target.getvalue()


@dataclass(slots=True)
class _Pages:
    """The pages of a file as form XObjects, each built when it is first used."""

    opened: OpenPdf
    sources: Sequence[SourcePage]
    drawing: Drawing
    pages: Sequence[Object]
    forms: dict[int, Object] = field(default_factory=dict)
    sizes: dict[tuple[int, int], int] = field(default_factory=dict)
    """What each content that was read unpacks to."""
    joined: int = 0

    def form(self, number: int) -> Object:
        """Return the form XObject of a page, which paints its trim and its bleed in the page's own space."""
        if number not in self.forms:
            try:
                self.forms[number] = self._form(number)
            except streams.UnreadableError:
                message = f"is damaged: the content of page {number} cannot be read"
                hint = "print it to PDF again from the program that made it"
                raise ReportError.of("pdf.damaged", message, Location(self.opened.path), hint) from None
            except streams.TooMuchError:
                message = f"the content of page {number} unpacks to more than is read"
                hint = "make the page simpler, or print it to PDF again"
                raise ReportError.of("pdf.limit", message, Location(self.opened.path), hint) from None
        return self.forms[number]

    def _form(self, number: int) -> Object:
        page, source = self.pages[number - 1], self.sources[number - 1]
        form = self._content(page.get("/Contents"))
        for key in set(form.keys()) - {"/Length", "/Filter", "/DecodeParms"}:
            del form[key]
        bleed = self.drawing.bleed
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array(source.painted(bleed if bleed is None else bleed / self.drawing.scale))
        resources, group = inherited(page, "/Resources"), page.get("/Group")
        form.Resources = dictionary(resources)
        if isinstance(group, pikepdf.Dictionary):
            group = pikepdf.Dictionary(dict(group.items()))
            group.I = True  # a page's group is isolated without saying so, a form's is not (ISO 32000-2 11.4.7)
            form.Group = group
        return form

    def _content(self, contents: Object | None) -> Object:
        """Return a page's content as a stream of its own; pieces of it are joined."""
        if isinstance(contents, pikepdf.Stream):
            if contents.objgen not in self.sizes:
                most = min(_CONTENT, _CONTENTS - sum(self.sizes.values()))
                self.sizes[contents.objgen] = streams.size(contents, most)
            return copy.copy(contents)
        pieces, parts = streams.pieces(contents, _PIECES + 1), []
        if len(pieces) > _PIECES:
            raise streams.TooMuchError
        for piece in pieces:
            parts.append(streams.unpacked(piece, _JOINED - self.joined))
            self.joined += len(parts[-1])
        return self.opened.pdf.make_stream(b"\n".join(parts))


def _add(pdf: Pdf, side: Side, pages: _Pages, drawing: Drawing) -> None:
    """Add one side of a sheet as a page."""
    pdf.add_blank_page(page_size=drawing.paper)
    page, inset = pdf.pages[-1], drawing.inset
    width, height = drawing.paper
    page.MediaBox = page.BleedBox = pikepdf.Array([0, 0, _rounded(width), _rounded(height)])
    page.TrimBox = pikepdf.Array([_rounded(v) for v in (inset, inset, width - inset, height - inset)])
    names, content = pikepdf.Dictionary(), []
    for placement in side.placements:
        if placement.page is None:
            continue
        name = f"/P{placement.page}"
        names[name] = form = pages.form(placement.page)
        content.append(_placed(placement, pages.sources[placement.page - 1], name, drawing.scale))
        group = form.get("/Group")
        if group is not None and group.get("/CS") is not None and page.obj.get("/Group") is None:
            page.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=group.CS, I=True)
    page.Resources = pikepdf.Dictionary(XObject=names)
    if drawing.marks:
        page.Resources.ColorSpace = pikepdf.Dictionary({COLOUR: pdf.make_indirect(registration())})
    page.Contents = pdf.make_stream(b"".join(content) + drawing.marks)


def _placed(placement: Placement, source: SourcePage, name: str, scale: float) -> bytes:
    """Return the operators that paint a page in the middle of its cell, smaller if it is larger than the cell, cut at the cell's room."""
    p, room = placement, placement.room
    width, height = (side * scale for side in source.size)
    if not holds((p.width, p.height), (width, height)):
        smaller = min(p.width / width, p.height / height)
        width, height, scale = width * smaller, height * smaller, scale * smaller
    matrix = source.matrix(p.x + (p.width - width) / 2, p.y + (p.height - height) / 2, scale, p.rotation)
    left, bottom = p.x - room.left, p.y - room.bottom
    clip = (left, bottom, p.x + p.width + room.right - left, p.y + p.height + room.top - bottom)
    return f"q {_numbers(clip)} re W n {_numbers(matrix)} cm {name} Do Q\n".encode()


def _numbers(values: Sequence[float]) -> str:
    """Return numbers to a millionth: a matrix multiplies what it is given, a thousandfold on a large page."""
    return " ".join(f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".") for value in values)


def _rounded(value: float) -> float:
    """Return a length of a box to a ten-thousandth of a point."""
    return round(value, 4) + 0.0


def _clear(pdf: Pdf) -> None:
    """Take out the pages and all but what belongs to the whole file: output intents, layers, title, what metadata may still claim."""
    del pdf.pages[:]
    kinds = {"/OutputIntents": pikepdf.Array, "/OCProperties": pikepdf.Dictionary, "/Metadata": pikepdf.Stream}
    _drop(pdf.Root, lambda key, value: key in ("/Type", "/Pages") or (key in kinds and isinstance(value, kinds[key])))
    _drop(pdf.Root.Pages, lambda key, _: key in ("/Type", "/Kids", "/Count"))
    _drop(pdf.trailer, lambda key, _: key in ("/Root", "/Info", "/ID", "/Size", "/Encrypt"))
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        _drop(info, lambda _, value: isinstance(value, pikepdf.String | pikepdf.Name))
    elif info is not None:
        del pdf.trailer["/Info"]
    if pdf.Root.get("/Metadata") is not None:
        _unclaim(pdf)


def _drop(node: Object, keep: Callable[[str, Object], bool]) -> None:
    """Take out of a dictionary what is not to be kept."""
    for key, value in list(node.items()):
        if value is not None and not keep(key, value):
            del node[key]


def _unclaim(pdf: Pdf) -> None:
    """Take out of the metadata (ISO 16684-1) what a sheet cannot keep; what cannot be read is dropped."""
    stream = pdf.Root.Metadata
    try:
        content = streams.unpacked(stream, _METADATA)
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, streams.UnreadableError, streams.TooMuchError):
        root = None
    if root is None or next(root.iter(_RDF), None) is None:
        del pdf.Root.Metadata
        return
    for element in list(root.iter(*(f"{claim}*" for claim in _CLAIMS))):
        if element.getparent() is not None:
            element.getparent().remove(element)
    for element in root.iter("*"):
        for name in [name for name in element.attrib if str(name).startswith(_CLAIMS)]:
            del element.attrib[name]
    stream.write(etree.tostring(root.getroottree(), encoding="UTF-8"))
