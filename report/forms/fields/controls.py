"""Content controls (ECMA-376 17.5.2): text, rich text, lists, checkboxes, dates, repeating sections, pictures."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from lxml import etree

from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer, AnswerError, NotAnOption
from report.forms.fields import dates
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import Kind, Place, nearest
from report.forms.word import text

_ITEM, _SECTION = q("w15:repeatingSectionItem"), q("w15:repeatingSection")
_KINDS: tuple[tuple[str, Kind], ...] = (
    (_SECTION, "rows"),
    (q("w14:checkbox"), "checkbox"),
    (q("w:dropDownList"), "dropdown"),
    (q("w:comboBox"), "combo"),
    (q("w:date"), "date"),
    (q("w:picture"), "picture"),
    (q("w:text"), "text"),
    (q("w:richText"), "rich"),
)
_NO_ANSWER = frozenset({_ITEM, q("w:group"), q("w:docPartObj"), q("w:docPartList"), q("w:equation"), q("w:citation"), q("w:bibliography")})  # fmt: skip
_FRAMED = (text.SDT, text.TR, q("w:ffData"))


def find(part: str, root: Element, known: Sequence[Place]) -> Iterator[Place]:
    """Yield the content controls of a part; those inside a repeating section are its columns."""
    for control in root.iter(text.SDT):
        properties = control.find(text.SDT_PR)
        if properties is None or any(child.tag in _NO_ANSWER for child in properties) or _repeated(control):
            continue
        if _kind(properties) in ("rich", "text") and _holds_others(control):
            continue
        yield _place(part, root, control, properties)


def _holds_others(control: Element) -> bool:
    """Say whether a control goes round rows, a table or other fields: it is a frame of the form, and they take the answers."""
    return next((e for e in control.iter(*_FRAMED) if e is not control and (e.tag != text.SDT or _answers(e))), None) is not None  # fmt: skip


def _repeated(control: Element) -> bool:
    return any(a.tag == text.SDT and _kind(a.find(text.SDT_PR)) == "rows" for a in control.iterancestors())


def _kind(properties: Element | None) -> Kind:
    children = {child.tag for child in properties} if properties is not None else set()
    return next((kind for tag, kind in _KINDS if tag in children), "rich")


def _place(part: str, root: Element, control: Element, properties: Element) -> Place:
    kind = _kind(properties)
    listed = list(properties.iter(q("w:listItem")))
    options = tuple(dict.fromkeys(_shown(item) for item in listed if _shown(item) and item.get(q("w:value")) != ""))
    lock = _said(properties, "w:lock")
    content = control.find(text.SDT_CONTENT)
    columns = tuple(dict.fromkeys(_name(c) for c in _first_item(control).iter(text.SDT) if _column(c))) if kind == "rows" else ()  # fmt: skip
    above = control.getparent()
    beside = above if kind == "rows" and above is not None and above.tag == text.TBL else control  # rows of a table
    return Place(
        family="control",
        name=_name(control),
        kind=kind,
        part=part,
        paragraph=0,
        near=nearest(beside, _title(properties), after=kind == "checkbox"),
        element=control,
        now="" if properties.find(q("w:showingPlcHdr")) is not None or content is None else text.of(content),
        options=options if kind in ("dropdown", "combo") else (),
        locked=lock in ("contentLocked", "sdtContentLocked"),
        columns=columns,
    )


def _answers(control: Element) -> bool:
    properties = control.find(text.SDT_PR)
    return properties is not None and not any(child.tag in _NO_ANSWER for child in properties)


def _column(control: Element) -> bool:
    """Say whether a control in a repeated item takes one answer; a section in it repeats what it holds, and is none."""
    kind = _kind(control.find(text.SDT_PR))
    return _answers(control) and kind != "rows" and not (kind in ("rich", "text") and _holds_others(control))


def _said(properties: Element, name: str) -> str:
    found = properties.find(q(name))
    return (found.get(q("w:val")) or "") if found is not None else ""


def _name(control: Element) -> str:
    """Return the tag of a control, or else its title, or else its number."""
    properties = control.find(text.SDT_PR)
    return next((said for name in ("w:tag", "w:alias", "w:id") if (said := _said(properties, name))), "control")


def _title(properties: Element) -> str:
    """Return a control's title where it says more than its tag."""
    alias = _said(properties, "w:alias")
    return alias if alias != _said(properties, "w:tag") or " " in alias else ""


def _shown(item: Element) -> str:
    return item.get(q("w:displayText")) or item.get(q("w:value")) or ""


def fill(place: Place, answer: Answer, bindings: DataBindings) -> None:
    """Write an answer into a control, and into the XML that it is bound to; raise `AnswerError` for what it does not take."""
    if place.locked:
        raise AnswerError("the funder has locked this field", "leave it out of the map")
    if place.kind == "rows":
        _fill_rows(place, answer, bindings)
        return
    _fill_one(place.element, place.kind, answer, bindings)


def _fill_one(control: Element, kind: Kind, answer: Answer, bindings: DataBindings) -> None:
    properties = control.find(text.SDT_PR)
    stored = _put(control, kind, answer)
    if kind == "picture":
        return
    bindings.store(properties, stored)
    shown = Answer(text.of(control.find(text.SDT_CONTENT)))
    for other in bindings.bound_alike(control, answer.text):
        alike = _kind(other.find(text.SDT_PR))
        if alike != "picture":
            _put(other, *((kind, answer) if alike == kind else ("text", shown)))


def _put(control: Element, kind: Kind, answer: Answer) -> str:
    """Show an answer in a control and return what its data store takes."""
    properties, content = control.find(text.SDT_PR), control.find(text.SDT_CONTENT)
    if content is None:
        content = etree.SubElement(control, text.SDT_CONTENT)
    stored = answer.text
    if kind == "picture":
        answer.draw(content)
    elif kind == "checkbox":
        stored = _check(properties, content, answer.checked)
    else:
        shown, stored = _words(properties, kind, answer)
        _write(properties, content, shown, kind)
    if (placeholder := properties.find(q("w:showingPlcHdr"))) is not None:
        properties.remove(placeholder)
    return stored


def _words(properties: Element, kind: Kind, answer: Answer) -> tuple[str, str]:
    """Return what is shown and what is stored."""
    if kind == "date":
        return dates.shown(properties.find(q("w:date")), answer.text)
    if kind in ("dropdown", "combo"):
        listing = properties.find(q("w:dropDownList" if kind == "dropdown" else "w:comboBox"))
        for item in listing.iter(q("w:listItem")):
            if answer.text in (_shown(item), item.get(q("w:value"))):
                listing.set(q("w:lastValue"), item.get(q("w:value"), ""))
                return _shown(item), item.get(q("w:value"), "")
        if kind == "dropdown":
            raise NotAnOption(answer.text, [_shown(i) for i in listing.iter(q("w:listItem"))])
    return answer.text, answer.text


def _write(properties: Element, content: Element, shown: str, kind: Kind) -> None:
    placeholder = properties.find(q("w:showingPlcHdr")) is not None
    look = properties.find(text.RPR)
    look = look if look is not None else text.look_of(content, placeholder)
    cell = content.find(text.TC)
    if cell is not None or any(child.tag == text.P for child in content):
        several = kind == "rich"
        text.fill_paragraphs(cell if cell is not None else content, shown, look, several=several)
    else:
        text.replace_runs(content, shown, look)


def _check(properties: Element, content: Element, on: bool) -> str:
    """Tick a box or clear it: the state, and the character that shows it in the font it names (MS-DOCX 2.6.1.4)."""
    box = properties.find(q("w14:checkbox"))
    state = box.find(q("w14:checked"))
    if state is None:
        state = etree.Element(q("w14:checked"))
        box.insert(0, state)
    state.set(q("w14:val"), "1" if on else "0")
    sign = box.find(q("w14:checkedState" if on else "w14:uncheckedState"))
    code = text.number(sign, 0x2612 if on else 0x2610, "w14:val", 16)
    font = (sign.get(q("w14:font")) or "") if sign is not None else ""
    holder = content.find(text.TC)
    holder = content if holder is None else holder
    paragraph = next(holder.iter(text.P), content)
    look = copy.deepcopy(text.look_of(content))
    if font:
        look = etree.Element(text.RPR) if look is None else look
        fonts = look.find(q("w:rFonts"))
        if fonts is None:
            fonts = etree.Element(q("w:rFonts"))
            look.insert(1 if len(look) and look[0].tag == q("w:rStyle") else 0, fonts)
        for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(q(f"w:{slot}"), font)
    text.replace_runs(paragraph, chr(code), look)
    if font.startswith(_SYMBOLS) and code < 0x100:  # a font without Unicode: its signs are named by number (17.3.3.30)
        shown = next(e for e in paragraph.iter(text.T))
        sign = etree.Element(q("w:sym"))
        sign.set(q("w:font"), font)
        sign.set(q("w:char"), f"F0{code:02X}")
        shown.getparent().replace(shown, sign)
    return "true" if on else "false"


_SYMBOLS = ("Wingdings", "Webdings", "Symbol")


def _first_item(control: Element) -> Element:
    items = _items(control)
    return items[0] if items else control.find(text.SDT_CONTENT)


def _items(control: Element) -> list[Element]:
    content = control.find(text.SDT_CONTENT)
    return [c for c in content if c.tag == text.SDT and c.find(f"{text.SDT_PR}/{_ITEM}") is not None]


def _fill_rows(place: Place, answer: Answer, bindings: DataBindings) -> None:
    """Write a row for each record: the section's first item is copied, with numbers of its own (MS-DOCX 2.5.4.1)."""
    rows, items = answer.rows(place.columns), _items(place.element)
    if not items:
        raise AnswerError("this repeating section has no item to copy", "ask the funder for an intact form")
    pattern = copy.deepcopy(items[0])
    bindings.repeat(items[0], len(rows))
    for stale in items[1:]:
        stale.getparent().remove(stale)
    item = items[0]
    for number, row in enumerate(rows):
        if number:
            item.addnext(item := copy.deepcopy(pattern))
            _renumber(item, bindings)
            bindings.point(item, number + 1)
        for control in item.iter(text.SDT):
            if control is not item and _column(control) and (name := _name(control)) in row:
                _fill_one(control, _kind(control.find(text.SDT_PR)), row[name], bindings)
    properties = place.element.find(text.SDT_PR)
    if (placeholder := properties.find(q("w:showingPlcHdr"))) is not None:
        properties.remove(placeholder)


def _renumber(item: Element, bindings: DataBindings) -> None:
    """Give the controls of a copy numbers of their own, and leave its bookmarks and paragraph ids out: they are unique."""
    numbers = bindings.fresh_numbers(item)
    for number in item.iter(q("w:id")):
        if number.getparent().tag == text.SDT_PR:
            number.set(q("w:val"), str(numbers.take()))
    for mark in list(item.iter(q("w:bookmarkStart"), q("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    for each in item.iter():
        for name in (q("w14:paraId"), q("w14:textId")):
            each.attrib.pop(name, None)
