"""Content controls (ECMA-376 17.5.2): text, rich text, lists, checkboxes, dates, repeating sections, pictures."""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Iterator, Sequence

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from lxml import etree

from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer, AnswerError, NotAnOption
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import Kind, WordField, nearby_text
from report.forms.word import text
from report.values import required

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
_PLACEHOLDER = q("w:showingPlcHdr")
_TOKEN = re.compile(r"(am/pm|AM/PM|'[^']*'?|[^\W\d_]+)")
_LETTERS = re.compile(r"d+|M+|y+|h+|H+|m+|s+|t+")
_CLDR = {"ddd": "EEE", "dddd": "EEEE", "am/pm": "a", "AM/PM": "a", "t": "a", "tt": "a"}
_DAY = "dd.MM.yyyy"
_SYMBOLS = ("Wingdings", "Webdings", "Symbol")


def find(part: str, root: Element, earlier: Sequence[WordField]) -> Iterator[WordField]:
    """Yield the content controls of a part; those inside a repeating section are its columns."""
    for control in root.iter(text.SDT):
        if not _answers(control) or any(_kind(outer) == "rows" for outer in control.iterancestors(text.SDT)):
            continue
        if not (_kind(control) in ("rich", "text") and _is_frame(control)):
            yield _field(part, control)


def _is_frame(control: Element) -> bool:
    """Say whether a control goes round rows, a table or other fields: they take the answers."""
    return any(e is not control and (e.tag != text.SDT or _answers(e)) for e in control.iter(*_FRAMED))


def _kind(control: Element) -> Kind:
    properties = control.find(text.SDT_PR)
    tags = {child.tag for child in properties} if properties is not None else set()
    return next((kind for tag, kind in _KINDS if tag in tags), "rich")


def _field(part: str, control: Element) -> WordField:
    kind, properties, content = _kind(control), _properties(control), control.find(text.SDT_CONTENT)
    parent = control.getparent()
    labelled = (
        parent if kind == "rows" and parent is not None and parent.tag == text.TBL else control
    )  # rows of a table
    columns = (_name(c) for c in _items(control)[0].iter(text.SDT) if _is_column(c)) if kind == "rows" else ()
    choices = (_label(i) for i in properties.iter(q("w:listItem")) if _label(i) and i.get(q("w:value")) != "")
    return WordField(
        family="control",
        name=_name(control),
        kind=kind,
        part=part,
        near=nearby_text(labelled, _title(properties), after=kind == "checkbox"),
        element=control,
        now="" if properties.find(_PLACEHOLDER) is not None or content is None else text.of(content),
        options=tuple(dict.fromkeys(choices)) if kind in ("dropdown", "combo") else (),
        locked=text.value(properties, "w:lock") in ("contentLocked", "sdtContentLocked"),
        columns=tuple(dict.fromkeys(columns)),
    )


def _properties(control: Element) -> Element:
    return required(control.find(text.SDT_PR))


def _answers(control: Element) -> bool:
    properties = control.find(text.SDT_PR)
    return properties is not None and not any(child.tag in _NO_ANSWER for child in properties)


def _is_column(control: Element) -> bool:
    """Say whether a control in a repeated item takes one answer; a section in it repeats what it holds, and is none."""
    kind = _kind(control)
    return _answers(control) and kind != "rows" and not (kind in ("rich", "text") and _is_frame(control))


def _name(control: Element) -> str:
    """Return the tag of a control, or else its title, or else its number."""
    names = (text.value(_properties(control), name) for name in ("w:tag", "w:alias", "w:id"))
    return next(filter(None, names), "control")


def _title(properties: Element) -> str:
    """Return a control's title where it says more than its tag."""
    alias = text.value(properties, "w:alias")
    return alias if alias != text.value(properties, "w:tag") or " " in alias else ""


def _label(item: Element) -> str:
    return item.get(q("w:displayText")) or item.get(q("w:value")) or ""


def fill(field: WordField, answer: Answer, bindings: DataBindings) -> None:
    """Write an answer into a control, and into the XML that it is bound to; raise `AnswerError` for what it does not take."""
    if field.locked:
        raise AnswerError("the funder has locked this field", "leave it out of the map")
    if field.kind == "rows":
        _fill_rows(field, answer, bindings)
    else:
        _fill_one(field.element, answer, bindings)


def _fill_one(control: Element, answer: Answer, bindings: DataBindings) -> None:
    kind = _kind(control)
    stored = _write(control, kind, answer)
    if kind == "picture":
        return
    bindings.store(control.find(text.SDT_PR), stored)
    shown = Answer(text.of(_content(control)))
    for other in bindings.bound_alike(control, answer.text):
        if (other_kind := _kind(other)) != "picture":
            _write(other, *((kind, answer) if other_kind == kind else ("text", shown)))


def _content(control: Element) -> Element:
    content = control.find(text.SDT_CONTENT)
    return etree.SubElement(control, text.SDT_CONTENT) if content is None else content


def _write(control: Element, kind: Kind, answer: Answer) -> str:
    """Show an answer in a control and return what its data store takes."""
    properties, content = _properties(control), _content(control)
    stored = answer.text
    if kind == "picture":
        answer.draw(content)
    elif kind == "checkbox":
        stored = _check(required(properties.find(q("w14:checkbox"))), content, answer.checked)
    else:
        shown, stored = _words(properties, kind, answer)
        _show(properties, content, shown, kind)
    text.remove(properties.iterchildren(_PLACEHOLDER))
    return stored


def _words(properties: Element, kind: Kind, answer: Answer) -> tuple[str, str]:
    """Return what is shown and what is stored."""
    if kind == "date":
        return _date(required(properties.find(q("w:date"))), answer.text)
    if kind in ("dropdown", "combo"):
        choices = required(properties.find(q("w:dropDownList" if kind == "dropdown" else "w:comboBox")))
        for item in choices.iter(q("w:listItem")):
            if answer.text in (_label(item), item.get(q("w:value"))):
                choices.set(q("w:lastValue"), item.get(q("w:value"), ""))
                return _label(item), item.get(q("w:value"), "")
        if kind == "dropdown":
            raise NotAnOption(answer.text, [_label(item) for item in choices.iter(q("w:listItem"))])
    return answer.text, answer.text


def _date(rules: Element, answer: str) -> tuple[str, str]:
    """Write a day in the form's own pattern (17.5.2.7) and language; its full date is stored beside it."""
    try:
        day = datetime.date.fromisoformat(answer.strip())
    except ValueError:
        raise AnswerError(f"'{answer[:40]}' is not a day", "write it as 2026-09-30") from None
    try:
        locale = Locale.parse((text.value(rules, "w:lid") or "en-GB").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en_GB")
    rules.set(q("w:fullDate"), full := f"{day.isoformat()}T00:00:00Z")
    moment = datetime.datetime.combine(day, datetime.time())
    try:
        shown = format_datetime(moment, _pattern(text.value(rules, "w:dateFormat") or _DAY), locale=locale)
    except ValueError:  # a sign of a length that no calendar has
        shown = format_datetime(moment, _DAY, locale=locale)
    return shown, {"date": day.isoformat(), "text": shown}.get(text.value(rules, "w:storeMappedDataAs"), full)


def _pattern(words: str) -> str:
    """Return a date pattern of Word's as CLDR writes it; a word that is none of its signs stands as it is."""
    pattern = []
    for piece in _TOKEN.split(words):
        letters = [piece] if piece in _CLDR else _LETTERS.findall(piece)
        if "".join(letters) == piece:
            pattern += [_CLDR.get(each, each) for each in letters]
        elif piece.startswith("'"):
            pattern.append(f"{piece.rstrip(chr(39))}'" if len(piece) > 2 else "")
        else:
            pattern.append(f"'{piece}'" if piece.isalpha() else piece)
    return "".join(pattern)


def _show(properties: Element, content: Element, words: str, kind: Kind) -> None:
    look = properties.find(text.RPR)
    if look is None and properties.find(_PLACEHOLDER) is None:
        look = text.look_of(content)
    cell = content.find(text.TC)
    if cell is not None or content.find(text.P) is not None:
        text.fill_paragraphs(content if cell is None else cell, words, look, several=kind == "rich")
    else:
        text.replace_runs(content, words, look)


def _check(box: Element, content: Element, on: bool) -> str:
    """Tick a box or clear it: the state, and the character that shows it in the font it names (MS-DOCX 2.6.1.4)."""
    state = box.find(q("w14:checked"))
    if state is None:
        box.insert(0, state := etree.Element(q("w14:checked")))
    state.set(q("w14:val"), "1" if on else "0")
    sign = box.find(q("w14:checkedState" if on else "w14:uncheckedState"))
    code = text.number(sign, 0x2612 if on else 0x2610, "w14:val", 16)
    font = sign.get(q("w14:font"), "") if sign is not None else ""
    cell = content.find(text.TC)
    paragraph = next((content if cell is None else cell).iter(text.P), content)
    text.replace_runs(paragraph, chr(code), _in_font(font, copy.deepcopy(text.look_of(content))))
    if font.startswith(_SYMBOLS) and code < 0x100:  # a font without Unicode: its signs are named by number (17.3.3.30)
        shown = next(paragraph.iter(text.T))
        symbol = etree.Element(q("w:sym"), {q("w:font"): font, q("w:char"): f"F0{code:02X}"})
        text.parent_of(shown).replace(shown, symbol)
    return "true" if on else "false"


def _in_font(font: str, look: Element | None) -> Element | None:
    """Return a look with this font, where one is named."""
    if not font:
        return look
    result: Element = etree.Element(text.RPR) if look is None else look
    fonts = result.find(q("w:rFonts"))
    if fonts is None:
        fonts = etree.Element(q("w:rFonts"))
        result.insert(1 if len(result) and result[0].tag == q("w:rStyle") else 0, fonts)
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(q(f"w:{slot}"), font)
    return result


def _items(section: Element) -> list[Element]:
    """Return the items of a repeating section, or the section itself where it has none."""
    controls = section.findall(f"{text.SDT_CONTENT}/{text.SDT}")
    return [c for c in controls if c.find(f"{text.SDT_PR}/{_ITEM}") is not None] or [section]


def _fill_rows(field: WordField, answer: Answer, bindings: DataBindings) -> None:
    """Write a row for each record: the section's first item is copied, with numbers of its own (MS-DOCX 2.5.4.1)."""
    rows, (item, *others) = answer.rows(field.columns), _items(field.element)
    if item is field.element:
        raise AnswerError("this repeating section has no item to copy", "ask the funder for an intact form")
    pattern = text.copied(item)
    bindings.repeat(item, len(rows))
    text.remove(others)
    for number, row in enumerate(rows, 1):
        if number > 1:
            item.addnext(item := copy.deepcopy(pattern))
            numbers = bindings.fresh_numbers(item)
            for identity in item.iter(q("w:id")):
                if text.parent_of(identity).tag == text.SDT_PR:
                    identity.set(q("w:val"), str(next(numbers)))
            bindings.point(item, number)
        for control in item.iter(text.SDT):
            if control is not item and _is_column(control) and (name := _name(control)) in row:
                _fill_one(control, row[name], bindings)
    text.remove(_properties(field.element).iterchildren(_PLACEHOLDER))
