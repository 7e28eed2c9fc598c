"""An open form: the parts of a Word file, those read as XML, and those that were changed.

The package is a ZIP file of parts (ECMA-376 part 2). Parts that were not changed keep their bytes, order and compression.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from report.formats.ooxml import Element
from report.values import Location, ReportError

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
TYPES = "[Content_Types].xml"
_STORIES = ("document", "header", "footer", "footnotes", "endnotes")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def parser() -> etree.XMLParser:
    """Return a parser that expands no entities, reads no other file and limits depth."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def refusal(path: Path, reason: str, hint: str | None = None) -> ReportError:
    """Return the error for a form that is refused."""
    hint = hint or "ask the funder for another file; or open it in Word and save it as “Word Document (*.docx)”"
    return ReportError.of("form.refused", f"this form is refused: {reason}", Location(path), hint)


@dataclass(slots=True)
class Form:
    """The parts of a form by name, with their entries in the ZIP file, and the names of those that were changed."""

    path: Path
    entries: dict[str, zipfile.ZipInfo]
    parts: dict[str, bytes]
    trees: dict[str, Element] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    _xml: dict[str, bool] = field(default_factory=dict)

    def tree(self, name: str) -> Element:
        """Return a part's root element; raise `ReportError` where it is not XML."""
        if name not in self.trees:
            try:
                self.trees[name] = etree.fromstring(self.parts[name], parser())
            except etree.XMLSyntaxError as error:
                raise refusal(self.path, f"its part {name} is damaged: {error.msg}") from None
            if self.trees[name].getroottree().docinfo.doctype:
                raise refusal(self.path, f"its part {name} declares a document type, which no Word file does")
        return self.trees[name]

    def is_xml(self, name: str) -> bool:
        """Say whether a part is XML, in whatever encoding: by its content type, or since it begins like XML and can be parsed."""
        if name not in self._xml:
            blob, kind = self.parts[name], "" if name == TYPES else (self.content_type(name) or "")
            begins = blob.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"
            declared = kind.lower().endswith(("+xml", "/xml")) or name.lower().endswith((".xml", ".rels"))
            self._xml[name] = bool(blob.strip()) and (declared or (begins and self._parses(name)))
        return self._xml[name]

    def _parses(self, name: str) -> bool:
        try:
            self.tree(name)
            return True
        except ReportError:
            return False

    def content_type(self, part: str) -> str | None:
        """Return what the package says a part is: by its name, or else by its ending (ECMA-376 part 2, 7.2.3.2)."""
        if TYPES not in self.parts:
            return None
        types = self.tree(TYPES)
        overrides = {each.get("PartName", "").lower(): each.get("ContentType") for each in types.iter("{*}Override")}
        endings = {each.get("Extension", "").lower(): each.get("ContentType") for each in types.iter("{*}Default")}
        return overrides.get(f"/{part}".lower()) or endings.get(part.rpartition(".")[2].lower())

    @property
    def stories(self) -> list[str]:
        """Return the names of the parts that hold text: the document first, then headers, footers and notes."""
        names = [n for n in self.parts if n.startswith("word/") and n.endswith(".xml") and n.count("/") == 1]
        kinds = [(n[5:-4].rstrip("0123456789"), n) for n in names]
        return [n for _, n in sorted((_STORIES.index(kind), n) for kind, n in kinds if kind in _STORIES)]

    def relationships(self, part: str) -> str:
        """Return the name of the part that holds a part's relationships."""
        folder, name = posixpath.split(part)
        return f"{folder}/_rels/{name}.rels"

    def as_document(self) -> None:
        """Turn a template (.dotx) into a document, as Word does when one is opened."""
        for override in self.tree(TYPES):
            if override.get("ContentType") == TEMPLATE:
                override.set("ContentType", DOCUMENT)
                self.changed.add(TYPES)

    def content(self) -> bytes:
        """Return the bytes of the file in its present state."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, blob in self.parts.items():
                entry = self.entries.get(name)
                info = zip_entry(name, entry.date_time if entry else _EPOCH)
                if entry:
                    info.compress_type, info.external_attr = entry.compress_type, entry.external_attr
                archive.writestr(info, self._serialised(name) if name in self.changed else blob)
        return out.getvalue()

    def _serialised(self, name: str) -> bytes:
        head = self.parts[name][:200].partition(b"?>")[0]
        standalone = True if b"standalone" in head and b"yes" in head else None
        tree = self.trees[name].getroottree()
        content: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=standalone)
        return content


def zip_entry(name: str, date: tuple[int, int, int, int, int, int] = _EPOCH) -> zipfile.ZipInfo:
    """Return a compressed entry of a ZIP file, the same on every machine and at every time."""
    info = zipfile.ZipInfo(name, date)
    info.create_system, info.compress_type = 3, zipfile.ZIP_DEFLATED
    return info
