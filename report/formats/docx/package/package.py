"""The Word file as a package (ECMA-376 part 2): our own base, opened by python-docx, written with fixed dates."""

from __future__ import annotations

import datetime
import functools
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from xml.sax.saxutils import quoteattr

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package as OpenPackage
from docx.parts.document import DocumentPart
from docx.parts.image import ImagePart

from report import pictures
from report.formats.docx.package import archive
from report.formats.ooxml import Element, parse, serialise

_BASE = Path(__file__).with_name("base")
_MEMBERS = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package-rels.xml",
    "docProps/app.xml": "app.xml",
    "docProps/core.xml": "core.xml",
    "word/_rels/document.xml.rels": "document-rels.xml",
    "word/document.xml": "document.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/styles.xml": "styles.xml",
    "word/theme/theme1.xml": "theme.xml",
}
_DEFAULT_TYPES = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML, "png": CT.PNG, "jpg": CT.JPEG, "jpeg": CT.JPEG,
                  "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont"}  # fmt: skip
_LEVELS = {".png": 0, ".jpg": 0, ".jpeg": 0, ".xlsx": 0, ".odttf": 3}
"""How hard to compress: not at all what is compressed as it comes; fonts gain 5 % from three times the work."""


@dataclass(slots=True)
class Package:
    """An open Word file and the parts that the writer fills."""

    document: Document
    part: DocumentPart
    footnotes: XmlPart
    font_table: XmlPart
    images: dict[tuple[Path, tuple[str, float] | None], ImagePart] = field(default_factory=dict)

    @property
    def package(self) -> OpenPackage:
        return cast(OpenPackage, self.part.package)

    def add(self, path: str, content_type: str, relation: str, root: Element) -> tuple[XmlPart, str]:
        """Add an XML part that the document refers to; return it and the relationship's id."""
        part = xml_part(path, content_type, root, self.package)
        return part, self.part.relate_to(part, relation)

    def image(self, path: Path, ground: tuple[str, float] | None = None) -> ImagePart:
        """Return the part of an image file, the same one for the same file; `ground` is `pictures.on_ground`'s."""
        if (path, ground) not in self.images:
            content = pictures.upright(path)
            content = pictures.on_ground(content, *ground) if ground else content
            self.images[path, ground] = self.package.get_or_add_image_part(io.BytesIO(content))
        return self.images[path, ground]


def open_base() -> Package:
    """Open a fresh copy of the base."""
    document = docx.Document(io.BytesIO(_base()))
    part = document.part
    parts = {}
    for name, content_type, relation in (
        ("footnotes", CT.WML_FOOTNOTES, RT.FOOTNOTES), ("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE),
    ):  # fmt: skip
        root = parse((_BASE / f"{name}.xml").read_bytes())
        parts[name] = xml_part(f"/word/{name}.xml", content_type, root, part.package)
        part.relate_to(parts[name], relation)
    return Package(document, part, parts["footnotes"], parts["fontTable"])


def xml_part(path: str, content_type: str, root: Element, package: OpenPackage) -> XmlPart:
    """Return a part that holds an element of ours."""
    return XmlPart(PackURI(path), content_type, cast(BaseOxmlElement, root), package)


@functools.cache
def _base() -> bytes:
    """Return the base as python-docx wants it: a ZIP file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as base:
        for name, source in _MEMBERS.items():
            base.writestr(name, serialise(parse((_BASE / source).read_bytes())))
    return content.getvalue()


def describe(package: Package, title: str, author: str, subject: str, language: str, date: datetime.date) -> None:
    """Fill the core properties (part 2, clause 8)."""
    core, moment = package.document.core_properties, datetime.datetime.combine(date, datetime.time())
    core.title, core.author, core.subject, core.comments = title[:255], author[:255], subject[:255], ""
    core.last_modified_by, core.language, core.revision = author[:255], language, 1
    core.created = core.modified = moment


def write(package: Package, date: datetime.date) -> bytes:
    """Return the file's bytes: the same parts give the same bytes, dated `date`."""
    parts = sorted(package.package.iter_parts(), key=lambda part: str(part.partname))
    return archive.pack(_members(package, parts), date, _LEVELS)


def _members(package: Package, parts: list[Part]) -> Iterator[tuple[str, bytes]]:
    yield "[Content_Types].xml", _content_types(parts)
    yield "_rels/.rels", package.package.rels.xml
    for part in parts:
        yield part.partname.membername, part.blob
        if len(part.rels):
            yield part.partname.rels_uri.membername, part.rels.xml


def _content_types(parts: list[Part]) -> bytes:
    """Return the content types (part 2, 7.2.3): by extension where one says it, by name otherwise."""
    lines = []
    extensions = {"rels", "xml", *(part.partname.ext for part in parts if part.partname.ext in _DEFAULT_TYPES)}
    for extension in sorted(extensions):
        lines.append(f"<Default Extension={quoteattr(extension)} ContentType={quoteattr(_DEFAULT_TYPES[extension])}/>")
    for part in parts:
        if part.content_type != _DEFAULT_TYPES.get(part.partname.ext):
            lines.append(f"<Override PartName={quoteattr(part.partname)} ContentType={quoteattr(part.content_type)}/>")
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{head}<Types xmlns="{space}">{"".join(lines)}</Types>'.encode()
