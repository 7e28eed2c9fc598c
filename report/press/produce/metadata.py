"""What the file says of itself: the standard, the printing condition, title and dates; nothing of what a reader would click.

ISO 15930-7 (PDF/X-4), 6.2, 6.3 and 6.17; ISO 15930-4 (PDF/X-1a:2003), 6.4 and 6.5. XMP and Info say the same.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from importlib import metadata
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from report.press.produce.order import PrintOrder
from report.profiles.load import Shop


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard: its name in the file, the version of PDF, and whether objects are packed."""

    key: str
    version: str
    packed: bool
    namespace: str


STANDARDS = {
    "PDF/X-4": Standard("PDF/X-4", "1.6", True, "http://www.npes.org/pdfx/ns/id/"),
    "PDF/X-1a": Standard("PDF/X-1a:2003", "1.4", False, "http://ns.adobe.com/pdfx/1.3/"),
}
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:{prefix}="{namespace}">
<{prefix}:GTS_PDFXVersion>{standard}</{prefix}:GTS_PDFXVersion>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{creator}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_TOOL = "ngo-report"


def claim(pdf: pikepdf.Pdf, shop: Shop, order: PrintOrder, content: bytes) -> None:
    """Write a file's metadata and output intent, and drop everything else that is not a page.

    `content` is the source's, of which the file's identifier is made.
    """
    standard = STANDARDS[order.standard]
    for key in list(pdf.Root.keys()):
        if key not in ("/Type", "/Pages"):
            del pdf.Root[key]
    pdf.Root.OutputIntents = Array([_intent(pdf, shop)])
    pdf.Root.Lang = String(order.language)
    xmp = Stream(pdf, _xmp(order, standard, _id(content, shop, order)))
    xmp.Type, xmp.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(xmp)
    _info(pdf, order, standard)


def _intent(pdf: pikepdf.Pdf, shop: Shop) -> Dictionary:
    """Return how the file is meant to be printed (ISO 32000-1, 14.11.5), with the profile that stands for it."""
    condition = shop.profile.condition
    profile = Stream(pdf, shop.icc.read_bytes())
    profile.N = 4
    name = shop.icc.stem.replace("_", " ")
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.name),
        OutputCondition=String(name),
        RegistryName=String(condition.registry),
        Info=String(name),
        DestOutputProfile=pdf.make_indirect(profile),
    )


def _info(pdf: pikepdf.Pdf, order: PrintOrder, standard: Standard) -> None:
    date = String(order.date.strftime("D:%Y%m%d000000+00'00'"))
    info = Dictionary(
        Title=String(order.title),
        Creator=String(_TOOL),
        Producer=String(_producer()),
        CreationDate=date,
        ModDate=date,
        Trapped=Name("/False"),
        GTS_PDFXVersion=String(standard.key),
    )
    if order.author:
        info.Author = String(order.author)
    pdf.trailer.Info = pdf.make_indirect(info)


def _xmp(order: PrintOrder, standard: Standard, identifier: str) -> bytes:
    author = f"<dc:creator><rdf:Seq><rdf:li>{escape(order.author)}</rdf:li></rdf:Seq></dc:creator>\n"
    return _XMP.format(
        prefix="pdfxid" if standard.namespace.endswith("/id/") else "pdfx",
        namespace=standard.namespace,
        standard=standard.key,
        title=escape(order.title),
        creator=author if order.author else "",
        language=escape(order.language),
        producer=escape(_producer()),
        tool=_TOOL,
        date=order.date.strftime("%Y-%m-%dT00:00:00+00:00"),
        id=identifier,
    ).encode()


def _id(content: bytes, shop: Shop, order: PrintOrder) -> str:
    digest = hashlib.sha256(content)
    digest.update(
        f"{shop.profile!r} {order.standard} {sorted(order.inks.items())} {order.folds} {order.title}".encode()
    )
    return str(uuid.UUID(bytes=digest.digest()[:16], version=4))


def _producer() -> str:
    return f"{_TOOL} {metadata.version('ngo-report')}, pikepdf {metadata.version('pikepdf')}"
