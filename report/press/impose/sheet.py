"""Draw sheets with pikepdf: every page becomes a form XObject (ISO 32000-2 8.10) that sheets place, clipped to its cell.

Fonts, images, transparency groups and optional content come with the page; output intents and layers with the file. Nothing is decoded
but the pages' own content, and equal input gives equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from report.press.impose import marks as marking
from report.press.impose.schemes import Placement, Sheet, Side
from report.press.impose.source import Source
from report.values import Location, ReportError

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

    from report.press.open import Opened

_CLAIMS = ("{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}")
"""What metadata says of a file that a sheet cannot keep: archived and accessible. PDF/X it can."""

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


def draw(opened: Opened, sources: Sequence[Source], sheets: Sequence[Sheet], drawing: Drawing) -> bytes:
    """Return the PDF of the sheets, fronts and backs in turn. Raise `ReportError` for a page whose content cannot be read."""
    import pikepdf

    with pikepdf.new() as pdf:
        pages = _Pages(opened, sources, pdf, drawing)
        for side in (side for sheet in sheets for side in (sheet.front, sheet.back) if side is not None):
            _add(pdf, side, pages, drawing)
        _keep(opened.pdf, pdf)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(PrintScaling=pikepdf.Name("/None"))
        if drawing.duplex:
            pdf.Root.ViewerPreferences.Duplex = pikepdf.Name(f"/DuplexFlip{drawing.duplex.title()}Edge")
        target, version = io.BytesIO(), opened.pdf.pdf_version  # kept: PDF/X-1a is no newer than 1.4
        mode = pikepdf.ObjectStreamMode.generate if version >= "1.5" else pikepdf.ObjectStreamMode.disable
        pdf.save(target, deterministic_id=True, min_version=version, object_stream_mode=mode)
        return target.getvalue()


@dataclass(slots=True)
class _Pages:
    """The pages as form XObjects of the new file, each made when it is first placed."""

    opened: Opened
    sources: Sequence[Source]
    pdf: Pdf
    drawing: Drawing
    made: dict[int, Object] = field(default_factory=dict)

    def form(self, number: int) -> Object:
        """Return the form XObject of a page, which paints its trim and its bleed in the page's own space."""
        import pikepdf

        if number not in self.made:
            try:
                self.made[number] = self.pdf.copy_foreign(self._form(number))
            except pikepdf.PdfError:  # content is decoded here, so that its pieces can be joined
                message = f"is damaged: the content of page {number} cannot be read"
                hint = "print it to PDF anew from the program that made it"
                raise ReportError.of("pdf.damaged", message, Location(self.opened.path), hint) from None
        return self.made[number]

    def _form(self, number: int) -> Object:
        import pikepdf

        page, source = self.opened.pdf.pages[number - 1], self.sources[number - 1]
        form = page.as_form_xobject(False)
        bleed = self.drawing.bleed
        form.BBox = pikepdf.Array(source.painted(bleed if bleed is None else bleed / self.drawing.scale))
        if "/Resources" not in form:
            form.Resources = pikepdf.Dictionary()
        group = page.obj.get("/Group")
        if "/Group" in form:
            del form.Group
        if isinstance(group, pikepdf.Dictionary):
            group = pikepdf.Dictionary(**{key.lstrip("/"): value for key, value in group.items()})
            group.I = True  # a page's group is isolated without saying so, a form's is not (ISO 32000-2 11.4.7)
            form.Group = group
        return form


def _add(pdf: Pdf, side: Side, pages: _Pages, drawing: Drawing) -> None:
    """Add one side of a sheet as a page."""
    import pikepdf

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
        if "/Group" in form and "/CS" in form.Group and "/Group" not in page:
            page.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=form.Group.CS, I=True)
    page.Resources = pikepdf.Dictionary(XObject=names)
    if drawing.marks:
        page.Resources.ColorSpace = pikepdf.Dictionary({f"/{marking.COLOUR}": marking.colour(pdf)})
    page.Contents = pdf.make_stream(b"".join(content) + drawing.marks)


def _placed(placement: Placement, source: Source, name: str, scale: float) -> bytes:
    """Return the operators that paint a page in the middle of its cell, smaller if it is larger than the cell, cut at the cell's room."""
    from report.press.impose.layout import holds

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


def _keep(source: Pdf, pdf: Pdf) -> None:
    """Take over what belongs to the whole file: output intents, layers, title and what metadata may still claim."""
    import pikepdf

    kept = {"/OutputIntents": pikepdf.Array, "/OCProperties": pikepdf.Dictionary, "/Metadata": pikepdf.Stream}
    for name, kind in kept.items():
        value = source.Root.get(name)
        if isinstance(value, kind):
            pdf.Root[name] = pdf.copy_foreign(source.make_indirect(value))
    told = source.trailer.get("/Info")
    for key, value in told.items() if isinstance(told, pikepdf.Dictionary) else ():
        if isinstance(value, (pikepdf.String, pikepdf.Name)):
            pdf.docinfo[key] = value
    if "/Metadata" in pdf.Root:
        _unclaim(pdf)


def _unclaim(pdf: Pdf) -> None:
    """Take out of the metadata (ISO 16684-1) what a sheet cannot keep; what cannot be read is dropped."""
    from lxml import etree

    stream = pdf.Root.Metadata
    try:
        root = etree.fromstring(stream.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
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
