"""Small documents made for the judges: one good of each kind, and ways to spoil it."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pikepdf
from docx.shared import Inches
from PIL import Image

FONTS = Path(__file__).resolve().parents[2] / "templates" / "fonts" / "ibm-plex"

# The image rule: without it WeasyPrint asks for interpolation, which every PDF/A forbids (ISO 19005-3 6.2.8).
CSS = f"""
@font-face {{ font-family: Plex; src: url({(FONTS / "IBMPlexSans-Regular.ttf").as_uri()}) }}
@font-face {{ font-family: Plex; font-weight: bold; src: url({(FONTS / "IBMPlexSans-Bold.ttf").as_uri()}) }}
html {{ font-family: Plex; image-rendering: crisp-edges }}
"""
HTML = f"""<html lang="en"><head><title>Our networks</title><style>{CSS}</style></head><body>
<h1>Our networks</h1><p>A paragraph, <a href="https://example.org/">a link</a>, Здравейте.</p>
<h2>Members</h2><ul><li>One</li><li>Two</li></ul>
<table><thead><tr><th scope="col">Network</th><th scope="col">Since</th></tr></thead>
<tbody><tr><td>NNC</td><td>2003</td></tr></tbody></table>
<p><img src="picture.png" alt="A blue square"></p></body></html>"""

# ISO 14289-1 clause 5 asks for pdfuaid:part; ISO 19005-3 6.6.2.3.1 that the schema of such a property be described.
PDFUA_PART = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
"""
PDFUA_SCHEMA = b"""
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def picture() -> bytes:
    """Return a small blue PNG."""
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16), (11, 60, 73)).save(buffer, "PNG")
    return buffer.getvalue()


def make_pdf(
    target: Path,
    html: str = HTML,
    spoil: Callable[[pikepdf.Pdf], None] | None = None,
    xmp: bytes = PDFUA_PART + PDFUA_SCHEMA,
) -> Path:
    """Render `html` as PDF/A-3a, add `xmp` to its metadata (PDF/UA-1's, by default), then let `spoil` change it."""
    with pikepdf.open(io.BytesIO(render(html))) as pdf:
        metadata = pdf.Root.Metadata
        metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", xmp + b"</rdf:RDF>"))
        if spoil:
            spoil(pdf)
        pdf.save(target, deterministic_id=True)
    return target


def render(html: str = HTML) -> bytes:
    """Return what WeasyPrint makes of `html` as PDF/A-3a, untouched."""
    import weasyprint
    from weasyprint.urls import URLFetcherResponse

    def fetch(url: str):
        if url.endswith("picture.png"):
            return URLFetcherResponse(url, picture(), headers={"Content-Type": "image/png"})
        return URLFetcherResponse(url, Path(url.removeprefix("file://")).read_bytes())

    page = weasyprint.HTML(string=html, base_url="file:///", url_fetcher=fetch)
    with warnings.catch_warnings():  # WeasyPrint 70 leaves its sRGB profile open (pdf/pdfa.py)
        warnings.simplefilter("ignore", ResourceWarning)
        return page.write_pdf(pdf_variant="pdf/a-3a")


def make_docx(target: Path, spoil: Callable[[dict[str, bytes]], None] | None = None) -> Path:
    """Write a small Word file, then let `spoil` change its parts (name → bytes)."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.created = "Our networks", datetime.datetime(2026, 1, 1)
    document.add_heading("Our networks", 1)
    document.add_paragraph("A paragraph. Здравейте.")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 0).text = "Network", "NNC"
    shape = document.add_picture(io.BytesIO(picture()), width=Inches(1))
    shape._inline.docPr.set("descr", "A blue square")
    document.save(target)
    if spoil:
        with zipfile.ZipFile(target) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        spoil(parts)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name, content)
    return target


def in_body(xml: bytes) -> Callable[[dict[str, bytes]], None]:
    """Return a way to spoil a Word file: put `xml` at the start of its body."""

    def spoil(parts: dict[str, bytes]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + xml, 1)

    return spoil
