"""What a `pydyf.PDF` needs for PDF/UA-1 beside PDF/A-3a, once WeasyPrint has finished it: tree, claim, direction.

PDF/A-3 (ISO 19005-3, 6.6.2.3.1) allows a property only if its schema is known or described in the file, and the
PDF/UA identification schema (ISO 14289-1, 5) is not among the known ones. WeasyPrint writes one variant or the other
(its issue 2467).
"""

from __future__ import annotations

from typing import Any

from report.formats.pdf.weasyprint.tags import fragments
from report.formats.pdf.weasyprint.tags.repair import repair
from report.formats.pdf.weasyprint.tags.tree import resolve

_CLAIM = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def finish(pdf: Any, right_to_left: bool) -> None:
    """Finish a PDF before it is written, in place."""
    fragments.join(pdf)
    repair(pdf)
    _claim_pdf_ua(pdf)
    if right_to_left:  # viewers show two pages side by side from right to left (ISO 32000-1, table 150)
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"


def _claim_pdf_ua(pdf: Any) -> None:
    metadata = resolve(pdf, pdf.catalog["Metadata"])
    metadata.compress = False  # so that a plain text search finds it, as archives do
    end = b"</rdf:RDF>"
    if metadata.stream[0].count(end) != 1:
        raise AssertionError("the metadata has no single rdf:RDF element")
    metadata.stream[0] = metadata.stream[0].replace(end, _CLAIM + end)
