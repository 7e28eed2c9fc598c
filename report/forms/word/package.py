"""Open a funder's Word file (DOCX, DOTX) with care, and write a filled copy of it; the original is never written to.

The package is a ZIP file of parts (ECMA-376 part 2). Parts that were not changed keep their bytes, order and compression.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from report.formats.ooxml import Element
from report.values import Location, ReportError

MAX_PARTS, MAX_BYTES, MAX_RATIO = 4_000, 400_000_000, 300
"""More parts, more bytes unpacked, or a part that unpacks to more times its size is no form: refused unread."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MACRO = ("macroenabled", "vbaproject")
_ACTIVE = {"activex": "an ActiveX control", "webextension": "an add-in"}
"""What runs when a file is opened, by words of its content type."""
_HARMLESS = ("/relationships/hyperlink",)
"""External relationships that Word follows only when a reader clicks; any other is loaded when the file is opened."""
_LOCAL = re.compile(r"file:///[A-Za-z]:")
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|\\\\|//")
_FIELD = re.compile(r"[\s\\]*([A-Za-z]+|=)")
_REACHING = frozenset(
    "CONTROL DATABASE DDE DDEAUTO HTMLCONTROL IMPORT INCLUDE INCLUDEPICTURE INCLUDETEXT LINK PRINT RD".split()
)
"""Fields by their names that start a program, fetch, or take in another file (ECMA-376 17.16.5)."""
_NAMED = re.compile(r"[\s\\]*[A-Za-z=]+[\s\\\"]")
"""The name of a field that has ended."""
_CLICKED = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
"""Elements whose relationship is followed when a reader clicks."""
_FETCHED = {
    "altChunk": "another document", "subDoc": "another document", "connectString": "a database", "udl": "a database",
    "query": "a database", "control": "an ActiveX control",
}  # fmt: skip
_FILLS = frozenset({"imagedata", "fill", "stroke", "image"})
"""Elements of VML whose attributes name a picture."""
_STRICT = "http://purl.oclc.org/ooxml/"
_STORIES = ("document", "header", "footer", "footnotes", "endnotes")


@dataclass(slots=True)
class Form:
    """An open form: its parts by name, those read as XML, and those that were changed."""

    path: Path
    entries: dict[str, zipfile.ZipInfo]
    parts: dict[str, bytes]
    trees: dict[str, Element] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    xml: dict[str, bool] = field(default_factory=dict)
    """Which parts are XML, as far as that was asked."""

    def tree(self, name: str) -> Element:
        """Return a part's root element; raise `ReportError` where it is no XML."""
        if name not in self.trees:
            try:
                self.trees[name] = etree.fromstring(self.parts[name], _parser())
            except etree.XMLSyntaxError as error:
                raise _refused(self.path, f"its part {name} is damaged: {error.msg}") from None
            if self.trees[name].getroottree().docinfo.doctype:
                raise _refused(self.path, f"its part {name} declares a document type, which no Word file does")
        return self.trees[name]

    @property
    def stories(self) -> list[str]:
        """Return the names of the parts that hold text: the document first, then headers, footers and notes."""
        found = [n for n in self.parts if n.startswith("word/") and n.endswith(".xml") and n.count("/") == 1]
        ranked = [
            (kind, n) for n in found for kind, word in enumerate(_STORIES) if n[5:-4].rstrip("0123456789") == word
        ]
        return [name for _, name in sorted(ranked)]

    def relationships(self, part: str) -> str:
        """Return the name of the part that holds a part's relationships."""
        folder, name = posixpath.split(part)
        return f"{folder}/_rels/{name}.rels"

    def add(self, name: str, content: bytes) -> None:
        """Add a part."""
        self.parts[name] = content

    def as_document(self) -> None:
        """Let a template (.dotx) be a document, as what Word makes of one is."""
        root = self.tree("[Content_Types].xml")
        for override in root:
            if override.get("ContentType") == _TEMPLATE:
                override.set("ContentType", _MAIN)
                self.changed.add("[Content_Types].xml")

    def content(self) -> bytes:
        """Return the bytes of the file as it now is."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, blob in self.parts.items():
                entry = self.entries.get(name) or zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                made = zipfile.ZipInfo(name, entry.date_time)
                made.compress_type = entry.compress_type if name in self.entries else zipfile.ZIP_DEFLATED
                made.external_attr = entry.external_attr
                archive.writestr(made, self._bytes(name) if name in self.changed else blob)
        return out.getvalue()

    def _bytes(self, name: str) -> bytes:
        head = self.parts[name][:200].partition(b"?>")[0]
        standalone = True if b"standalone" in head and b"yes" in head else None
        return etree.tostring(
            self.trees[name].getroottree(), encoding="UTF-8", xml_declaration=True, standalone=standalone
        )


def open_form(path: Path) -> Form:
    """Read a form; raise `ReportError` with the reason where it is damaged, protected, unsafe or no Word form."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReportError.of("form.unreadable", f"cannot be read: {error.strerror}", Location(path)) from None
    return _opened(path, content)


def check(path: Path, content: bytes) -> None:
    """Hold a file that was made from a form against what forms are held against; raise `ReportError` where it is unsafe.

    What a tag makes of the form may be a field that fetches, or a link to be followed when the file is opened.
    """
    _opened(path, content)


def _opened(path: Path, content: bytes) -> Form:
    if content.startswith(_OLE):
        hint = "open it in Word, remove the password (File, Info, Protect Document), and save it as .docx"
        raise _refused(path, "it is protected by a password, or in Word's old .doc format", hint)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _looked_over(path, archive)
            parts = {name: archive.read(entry) for name, entry in entries.items()}
    except (
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        struct.error,
        zlib.error,
    ) as error:
        hint = "ask the funder for it again; a download may have broken off"
        raise _refused(path, f"it is damaged or no Word file: {error}", hint) from None
    form = Form(path, entries, parts)
    _check_kind(form)
    _check_links(form)
    _check_contents(form)
    return form


def _looked_over(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MAX_PARTS or sum(i.file_size for i in infos) > MAX_BYTES:
        raise _refused(path, "it unpacks to more than any form needs (a “ZIP bomb”)")
    for info in infos:
        if info.flag_bits & 1:
            raise _refused(path, "it is encrypted", "ask the funder for a file without a password")
        if info.file_size > 1_000_000 and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise _refused(path, f"its part {info.filename} unpacks to {info.file_size:,} bytes (a “ZIP bomb”)")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refused(path, f"its part {info.filename} is packed in a way that Word does not read")
        if info.filename.startswith(("/", "\\")) or ".." in info.filename.split("/"):
            raise _refused(path, f"its part {info.filename} would lie outside the package")
    names = [info.filename for info in infos if not info.is_dir()]
    if len(names) != len({name.lower() for name in names}):
        raise _refused(path, "two of its parts have the same name")
    return {info.filename: info for info in infos if not info.is_dir()}


def _check_kind(form: Form) -> None:
    types = [said or "" for said in _content_types(form)]
    named = [name.lower() for name in form.parts]
    if any(word in said.lower() for word in _MACRO for said in types) or any("vbaproject" in name for name in named):
        hint = "open it in Word and save it as .docx, which leaves the macros out"
        raise _refused(form.path, "it holds macros, which can do anything to a computer", hint)
    for word, what in _ACTIVE.items():
        if any(word in said.lower() for said in types):
            hint = "open it in Word, remove that, and save it as .docx; or ask the funder for a file without"
            raise _refused(form.path, f"it holds {what}, which runs as soon as it is opened", hint)
    main = _main_part(form)
    if main not in form.stories:
        raise _refused(form.path, "it is not a Word file: it has no word/document.xml")
    if _content_type(form, main) not in (_MAIN, _TEMPLATE):
        raise _refused(form.path, "it is not a Word document or template (.docx, .dotx)")
    strict = next((name for name in form.parts if _is_xml(form, name) and _is_strict(form.tree(name))), None)
    if strict:
        hint = "open it in Word and save it as “Word Document (*.docx)”"
        raise _refused(form.path, f"it is saved as Strict Open XML ({strict}), which few programs read", hint)


def _is_strict(root: Element) -> bool:
    """Say whether a part is in the namespaces of Strict Open XML (ISO/IEC 29500-1, annex A)."""
    return any(space.startswith(_STRICT) for space in (root.nsmap or {}).values() if space) or root.tag.startswith(
        f"{{{_STRICT}"
    )


def _main_part(form: Form) -> str:
    """Return the part that the package says is its document (ECMA-376 part 1, 11.3.10), which a program opens whatever it is called."""
    package = next((name for name in form.parts if name.lower() == "_rels/.rels"), None)
    for relation in form.tree(package).iter("{*}Relationship") if package else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return ""


def _content_types(form: Form) -> Iterator[str | None]:
    """Yield every content type that the package names, and every type of a relationship."""
    if "[Content_Types].xml" not in form.parts:
        return
    for element in form.tree("[Content_Types].xml").iter("{*}Override", "{*}Default"):
        yield element.get("ContentType")
    for name in form.parts:
        if name.lower().endswith(".rels") and _is_xml(form, name):
            yield from (relation.get("Type") for relation in form.tree(name).iter("{*}Relationship"))


def _content_type(form: Form, part: str) -> str | None:
    """Return what the package says a part is: by its name, or else by its ending (ECMA-376 part 2, 7.2.3.2)."""
    if "[Content_Types].xml" not in form.parts:
        return None
    types = form.tree("[Content_Types].xml")
    named = {each.get("PartName", "").lower(): each.get("ContentType") for each in types.iter("{*}Override")}
    endings = {each.get("Extension", "").lower(): each.get("ContentType") for each in types.iter("{*}Default")}
    return named.get(f"/{part}".lower()) or endings.get(part.rpartition(".")[2].lower())


def _check_links(form: Form) -> None:
    for name in form.parts:
        if not name.lower().endswith(".rels"):
            continue
        shown = _shown(form, name)
        for relation in form.tree(name).iter("{*}Relationship"):
            kind, target = relation.get("Type", ""), relation.get("Target", "").strip()
            own = kind.endswith("/attachedTemplate") and _LOCAL.match(target)  # its author's, seldom there
            outside = relation.get("TargetMode", "").lower() == "external" or _OUTSIDE.match(target)
            clicked = kind.endswith(_HARMLESS) and relation.get("Id") not in shown
            if outside and not clicked and not own:
                hint = "open it in Word, and break the link (File, Info, Edit Links to Files) or remove the template"
                message = f"it loads {target[:80]} from outside when it is opened ({posixpath.basename(kind)})"
                raise _refused(form.path, message, hint)


def _shown(form: Form, relationships: str) -> set[str]:
    """Return the relationships that a part uses otherwise than for links to click on: they are loaded whatever type they say."""
    folder, _, name = relationships.lower().rpartition("_rels/")
    wanted = f"{folder}{name.removesuffix('.rels')}"
    part = next((one for one in form.parts if one.lower() == wanted), "")  # names of parts know no capitals (6.2.2.3)
    if not part or not _is_xml(form, part):
        return set()
    return {
        value
        for element in form.tree(part).iter(etree.Element)
        if _local(element) not in _CLICKED
        for name, value in element.items()
        if "/relationships}" in name or name.rpartition("}")[2] == "relid"
    }


def _check_contents(form: Form) -> None:
    """Refuse whatever in a part starts a program, fetches, or takes in another file when Word opens it.

    Any part that is XML is looked at: what a part is called says nothing of what Word takes it for, and elements are known by
    their local names, in whatever namespace.
    """
    for name in form.parts:
        if not _is_xml(form, name):
            continue
        root = form.tree(name)
        for code in _codes(root):
            found = _FIELD.match(code)
            if found is None or found[1].upper() in _REACHING:
                hint = "open it in Word, show the field codes (Alt+F9), and remove this field"
                said = " ".join(code.split())[:80] or "whose code another field makes"
                raise _refused(form.path, f"its {name} holds a field that reaches outside: {said}", hint)
        for element in root.iter(etree.Element):
            if what := _taken_in(element):
                hint = "open it in Word and save it as “Word Document (*.docx)”; or ask the funder for another file"
                raise _refused(form.path, f"its {name} loads {what} when it is opened", hint)


def _taken_in(element: Element) -> str | None:
    """Return what an element fetches, or starts, when Word opens the file."""
    local = _local(element)
    if local in _FETCHED:
        return _FETCHED[local]
    drawn = element.tag.startswith("{http://www.w3.org/2000/svg}")
    if local in _FILLS or drawn:
        for name, value in element.items():
            if name.rpartition("}")[2] in ("src", "althref", "href"):
                inside = value.strip().startswith(("#", "data:")) if drawn and local != "a" else not _OUTSIDE.match(value.strip())  # fmt: skip
                if not inside and not (drawn and local == "a"):
                    return value[:80]
    return None


def _is_xml(form: Form, name: str) -> bool:
    """Say whether a part is XML, in whatever encoding: by its content type, or since it begins like XML and can be read as such."""
    if name not in form.xml:
        blob, said = form.parts[name], "" if name == "[Content_Types].xml" else (_content_type(form, name) or "")
        begins = blob.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"
        certain = said.lower().endswith(("+xml", "/xml")) or name.lower().endswith((".xml", ".rels"))
        form.xml[name] = bool(blob.strip()) and (certain or begins and _can_be_read(form, name))
    return form.xml[name]


def _can_be_read(form: Form, name: str) -> bool:
    try:
        form.tree(name)
        return True
    except ReportError:
        return False


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


class _Code:
    """The code of a field that is under way: as it is, and as it is once deletions are accepted."""

    def __init__(self) -> None:
        self.texts = ["", ""]
        self.open, self.composed = True, False

    def add(self, text: str, deleted: bool = False) -> None:
        self.texts[0] += text
        self.texts[1] += "" if deleted else text

    @property
    def named(self) -> bool:
        """Say whether its name has ended: what follows is no part of it."""
        return bool(_NAMED.match(self.texts[1]))


def _codes(root: Element) -> Iterator[str]:
    """Yield the code of each field, which runs and paragraphs may cut into pieces, and other fields may stand in (17.16.18).

    One whose name another field makes is yielded as nothing.
    """
    codes: list[_Code] = []
    for element in root.iter(etree.Element):
        local = _local(element)
        if local == "fldSimple":
            yield _attribute(element, "instr")
        elif local == "fldChar":
            kind = _attribute(element, "fldCharType")
            if kind == "begin":
                if codes and codes[-1].open and not codes[-1].named:
                    codes[-1].composed = True
                codes.append(_Code())
            elif kind in ("separate", "end") and codes:
                if codes[-1].open:
                    yield from _read(codes[-1])
                codes[-1].open = False
                if kind == "end":
                    codes.pop()
        elif local in ("instrText", "delInstrText", "t", "delText"):
            said = "".join(element.xpath(".//text()"))
            # the result of a field that stands in the code of another is part of that
            within = next((code for code in reversed(codes) if code.open), None)
            if within is None and local.endswith("nstrText"):
                codes.append(within := _Code())
            if within is not None:
                within.add(said, deleted=local.startswith("del"))
        elif local in ("tab", "br", "cr", "p") and codes and codes[-1].open and codes[-1].texts[0]:
            codes[-1].add(" ")
    for code in codes:
        if code.open and code.texts[0]:
            yield from _read(code)


def _read(code: _Code) -> Iterator[str]:
    if code.composed:
        yield ""
    yield from (text for text in dict.fromkeys(code.texts) if text.strip())


def _attribute(element: Element, local: str) -> str:
    return next((value for name, value in element.items() if name.rpartition("}")[2] == local), "")


def _refused(path: Path, reason: str, hint: str | None = None) -> ReportError:
    hint = hint or "ask the funder for another file; or open it in Word and save it as “Word Document (*.docx)”"
    return ReportError.of("form.refused", f"this form is refused: {reason}", Location(path), hint)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
