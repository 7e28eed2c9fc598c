"""What a form may not hold: macros, controls and add-ins, links and fields that fetch or start something when Word opens it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from report.formats.ooxml import Element
from report.forms.word.field_codes import field_codes, local_name
from report.forms.word.form import DOCUMENT, TEMPLATE, TYPES, Form, refusal

_MACRO = ("macroenabled", "vbaproject")
_ACTIVE = {"activex": "an ActiveX control", "webextension": "an add-in"}
"""What runs when a file is opened, by words of its content type."""
_LOCAL = re.compile(r"file:///[A-Za-z]:")
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|\\\\|//")
_FIELD_NAME = re.compile(r"[\s\\]*([A-Za-z]+|=)")
_REACHING = frozenset(
    "CONTROL DATABASE DDE DDEAUTO HTMLCONTROL IMPORT INCLUDE INCLUDEPICTURE INCLUDETEXT LINK PRINT RD".split()
)
"""Fields by their names that start a program, fetch, or take in another file (ECMA-376 17.16.5)."""
_CLICKED = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
"""Elements whose relationship is followed when a reader clicks."""
_FETCHED = {
    "altChunk": "another document", "subDoc": "another document", "connectString": "a database", "udl": "a database",
    "query": "a database", "control": "an ActiveX control",
}  # fmt: skip
_PICTURES = frozenset({"imagedata", "fill", "stroke", "image"})
"""Elements of VML whose attributes name a picture."""
_STRICT = "http://purl.oclc.org/ooxml/"
_SVG = "{http://www.w3.org/2000/svg}"


def check(form: Form) -> None:
    """Raise `ReportError` for a form that is unsafe to open, or that is no Word document or template."""
    _check_kind(form)
    _check_links(form)
    for name in filter(form.is_xml, form.parts):  # whatever it is called: Word goes by other signs
        _check_part(form, name)


def _check_kind(form: Form) -> None:
    types = [kind.lower() for kind in _types(form)]
    if any(word in kind for word in _MACRO for kind in types) or any(
        "vbaproject" in name.lower() for name in form.parts
    ):
        hint = "open it in Word and save it as .docx, which leaves the macros out"
        raise refusal(form.path, "it holds macros, which can do anything to a computer", hint)
    for word, what in _ACTIVE.items():
        if any(word in kind for kind in types):
            hint = "open it in Word, remove that, and save it as .docx; or ask the funder for a file without"
            raise refusal(form.path, f"it holds {what}, which runs as soon as it is opened", hint)
    main = _main_part(form)
    if main not in form.stories:
        raise refusal(form.path, "it is not a Word file: it has no word/document.xml")
    if form.content_type(main) not in (DOCUMENT, TEMPLATE):
        raise refusal(form.path, "it is not a Word document or template (.docx, .dotx)")
    if strict := next((name for name in form.parts if form.is_xml(name) and _is_strict(form.tree(name))), None):
        hint = "open it in Word and save it as “Word Document (*.docx)”"
        raise refusal(form.path, f"it is saved as Strict Open XML ({strict}), which few programs read", hint)


def _is_strict(root: Element) -> bool:
    """Say whether a part is in the namespaces of Strict Open XML (ISO/IEC 29500-1, annex A)."""
    return any(space.startswith(_STRICT) for space in (*root.nsmap.values(), root.tag[1:]))


def _main_part(form: Form) -> str:
    """Return the part that the package says is its document (ECMA-376 part 1, 11.3.10), which a program opens whatever it is called."""
    package = next((name for name in form.parts if name.lower() == "_rels/.rels"), None)
    for relation in form.tree(package).iter("{*}Relationship") if package else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return ""


def _types(form: Form) -> Iterator[str]:
    """Yield every content type that the package names, and every type of a relationship."""
    if TYPES in form.parts:
        yield from (each.get("ContentType", "") for each in form.tree(TYPES).iter("{*}Override", "{*}Default"))
        for name in form.parts:
            if name.lower().endswith(".rels") and form.is_xml(name):
                yield from (relation.get("Type", "") for relation in form.tree(name).iter("{*}Relationship"))


def _check_links(form: Form) -> None:
    for name in form.parts:
        if not name.lower().endswith(".rels"):
            continue
        loaded = _loaded(form, name)
        for relation in form.tree(name).iter("{*}Relationship"):
            kind, target = relation.get("Type", ""), relation.get("Target", "").strip()
            own = kind.endswith("/attachedTemplate") and _LOCAL.match(target)  # its author's, seldom there
            outside = relation.get("TargetMode", "").lower() == "external" or _OUTSIDE.match(target)
            clicked = kind.endswith("/relationships/hyperlink") and relation.get("Id") not in loaded
            if outside and not clicked and not own:
                hint = "open it in Word, and break the link (File, Info, Edit Links to Files) or remove the template"
                message = f"it loads {target[:80]} from outside when it is opened ({posixpath.basename(kind)})"
                raise refusal(form.path, message, hint)


def _loaded(form: Form, relationships: str) -> set[str]:
    """Return the relationships that a part uses otherwise than for links to click on: they are loaded whatever type they say."""
    folder, _, name = relationships.lower().rpartition("_rels/")
    owner = f"{folder}{name.removesuffix('.rels')}"
    part = next((one for one in form.parts if one.lower() == owner), "")  # names of parts know no capitals (6.2.2.3)
    if not part or not form.is_xml(part):
        return set()
    return {
        value
        for element in form.tree(part).iter(etree.Element)
        if local_name(element) not in _CLICKED
        for name, value in element.items()
        if "/relationships}" in name or name.rpartition("}")[2] == "relid"
    }


def _check_part(form: Form, name: str) -> None:
    """Refuse what starts a program, fetches, or takes in another file; elements are known by local names, in any namespace."""
    root = form.tree(name)
    for code in field_codes(root):
        field = _FIELD_NAME.match(code)
        if field is None or field[1].upper() in _REACHING:
            hint = "open it in Word, show the field codes (Alt+F9), and remove this field"
            shown = " ".join(code.split())[:80] or "whose code another field makes"
            raise refusal(form.path, f"its {name} holds a field that reaches outside: {shown}", hint)
    for element in root.iter(etree.Element):
        if what := _fetched(element):
            hint = "open it in Word and save it as “Word Document (*.docx)”; or ask the funder for another file"
            raise refusal(form.path, f"its {name} loads {what} when it is opened", hint)


def _fetched(element: Element) -> str | None:
    """Return what an element fetches, or starts, when Word opens the file."""
    local, svg = local_name(element), element.tag.startswith(_SVG)
    if local in _FETCHED:
        return _FETCHED[local]
    if (local not in _PICTURES and not svg) or (svg and local == "a"):
        return None
    for name, value in element.items():
        if name.rpartition("}")[2] in ("src", "althref", "href"):
            inside = value.strip().startswith(("#", "data:")) if svg else not _OUTSIDE.match(value.strip())
            if not inside:
                return value[:80]
    return None
