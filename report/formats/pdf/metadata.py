"""XMP: say that the file conforms to PDF/UA-1 as well as to PDF/A-3a.

PDF/A-3 (ISO 19005-3, 6.6.2.3.1) allows a property only if its schema is known or described in the file, and the
PDF/UA identification schema (ISO 14289-1, 5) is not among the known ones.
"""

from __future__ import annotations

from typing import Any

from report.html.tree import Tree

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


def claim_pdf_ua(pdf: Any) -> None:
    """Insert the claim into the metadata stream of a `pydyf.PDF` before it is written."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False  # so that a plain text search finds it, as archives do
    stream = metadata.stream
    end = b"</rdf:RDF>"
    if stream[0].count(end) != 1:
        raise AssertionError("the metadata has no single rdf:RDF element")
    stream[0] = stream[0].replace(end, _CLAIM + end)


def say_direction(pdf: Any, tree: Tree) -> None:
    """Let viewers lay pages out side by side from right to left, where the document runs so (ISO 32000-1, table 150)."""
    if tree.is_rtl:
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"
