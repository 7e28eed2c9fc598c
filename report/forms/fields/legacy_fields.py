"""Legacy form fields (ECMA-376 17.16.17): FORMTEXT, FORMCHECKBOX, FORMDROPDOWN."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer, AnswerError, NotAnOption
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import Kind, WordField, deleted, nearby_text
from report.forms.word import text
from report.values import required

_CHAR, _TYPE, _DATA = q("w:fldChar"), q("w:fldCharType"), q("w:ffData")
_KINDS: tuple[tuple[str, Kind], ...] = (
    (q("w:checkBox"), "checkbox"),
    (q("w:ddList"), "dropdown"),
    (q("w:textInput"), "text"),
)


@dataclass(slots=True)
class _Field:
    """A field's runs: where it begins, its separator, what it shows, where it ends."""

    begin: Element
    data: Element
    separator: Element | None = None
    first: int = 0
    shown: list[Element] = field(default_factory=list)
    end: Element | None = None


def find(part: str, root: Element, earlier: Sequence[WordField]) -> Iterator[WordField]:
    """Yield the legacy form fields of a part."""
    for one in _fields(root.iter(text.R)):
        kind = next((kind for tag, kind in _KINDS if one.data.find(tag) is not None), None)
        if kind is None or deleted(one.begin):
            continue
        title = text.value(one.data, "w:statusText") or text.value(one.data, "w:helpText")
        longest = text.number(one.data.find(f"{q('w:textInput')}/{q('w:maxLength')}"), 0)
        yield WordField(
            family="legacy",
            name=text.value(one.data, "w:name") or "field",
            kind=kind,
            part=part,
            near=nearby_text(one.begin, title, after=kind == "checkbox"),
            element=one.begin,
            now=_now(one, kind),
            options=_entries(one.data),
            limit=max(0, longest) or None,
            locked=not _is_on(one.data.find(q("w:enabled")), True),
        )


def _entries(data: Element) -> tuple[str, ...]:
    return tuple(entry.get(q("w:val"), "") for entry in data.iter(q("w:listEntry")))


def _fields(runs: Iterable[Element]) -> Iterator[_Field]:
    """Yield the fields with form data that have an end, inner ones first."""
    opened: list[_Field | None] = []
    passed: list[Element] = []
    for run in runs:
        passed.append(run)
        for char in run.findall(_CHAR):
            match char.get(_TYPE):
                case "begin":
                    data = char.find(_DATA)
                    opened.append(_Field(run, data) if data is not None else None)
                case "separate" if opened and (one := opened[-1]):
                    one.separator, one.first = run, len(passed)
                case "end" if opened:
                    if one := opened.pop():
                        one.end = run
                        one.shown = passed[one.first : -1] if one.separator is not None else []
                        yield one


def _onward(run: Element) -> Iterator[Element]:
    """Yield a run and those after it, for as long as they are asked for."""
    yield run
    ancestor: Element | None = run
    while ancestor is not None:
        for after in ancestor.itersiblings():
            yield from after.iter(text.R)
        ancestor = ancestor.getparent()


def _is_on(element: Element | None, default: bool) -> bool:
    """Return an on/off value (17.17.4): one that is there without a value is on."""
    return default if element is None else element.get(q("w:val"), "1") not in ("0", "false", "off")


def _state(parent: Element, name: str) -> Element | None:
    """Return the element that says what is chosen, or else what is chosen by default."""
    state = parent.find(q(name))
    return state if state is not None else parent.find(q("w:default"))


def _now(one: _Field, kind: Kind) -> str:
    if kind == "checkbox":
        return "true" if _is_on(_state(required(one.data.find(q("w:checkBox"))), "w:checked"), False) else "false"
    if kind == "dropdown":
        entries = _entries(one.data)
        chosen = text.number(_state(required(one.data.find(q("w:ddList"))), "w:result"), 0)
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return "".join(t.text or "" for run in one.shown for t in run.iter(text.T)).strip("\u2002 ")


def fill(field: WordField, answer: Answer, bindings: DataBindings) -> None:
    """Write an answer into a field; raise `AnswerError` for what it does not take."""
    if field.locked:
        raise AnswerError("the funder has switched this field off", "leave it out of the map")
    one = next(f for f in _fields(_onward(field.element)) if f.begin is field.element)
    marks = [run for run in (one.begin, one.separator, one.end) if run is not None]
    if any(sum(child.tag != text.RPR for child in mark) > 1 for mark in marks):
        for run in dict.fromkeys([*marks, *one.shown]):
            _split(run)
        one = next(f for f in _fields(_onward(field.element)) if f.data is one.data)
    if field.kind == "checkbox":
        _set(required(one.data.find(q("w:checkBox"))), "w:checked", "1" if answer.checked else "0")
    elif field.kind == "dropdown":
        if answer.text not in field.options:
            raise NotAnOption(answer.text, field.options)
        entries = required(one.data.find(q("w:ddList")))
        _set(entries, "w:result", str(field.options.index(answer.text)), first=True)
        if one.shown and one.separator is not None:
            _write(one, answer.text)
    else:
        if field.limit and len(answer.text) > field.limit:
            message = f"the form accepts {field.limit} characters, this has {len(answer.text)}"
            raise AnswerError(message, "give a shorter variant")
        _write(one, answer.text)


def _split(run: Element) -> None:
    """Give each mark of a run, and what stands between marks, a run of its own, with the same look."""
    look = run.find(text.RPR)
    pieces: list[list[Element]] = []
    for child in [child for child in run if child is not look]:
        if not pieces or _CHAR in (child.tag, pieces[-1][-1].tag):
            pieces.append([])
        pieces[-1].append(child)
    last = run
    for piece in pieces[1:]:
        more = etree.Element(text.R)
        if look is not None:
            more.append(copy.deepcopy(look))
        more.extend(piece)
        last.addnext(more)
        last = more


def _set(parent: Element, name: str, value: str, *, first: bool = False) -> None:
    child = parent.find(q(name))
    if child is None:
        child = etree.Element(q(name))
        parent.insert(0 if first else len(parent), child)
    child.set(q("w:val"), value)


def _write(one: _Field, words: str) -> None:
    """Show words between the separator of a field and its end; paragraphs that held only older words go."""
    end = required(one.end)
    shown = [run for run in one.shown if run is not end]
    looks = [look for run in shown or [one.begin] if (look := run.find(text.RPR)) is not None]
    answer = text.run(words, looks[0] if looks else None)
    if one.separator is None:
        separator = etree.Element(text.R)
        etree.SubElement(separator, _CHAR).set(_TYPE, "separate")
        end.addprevious(separator)
        end.addprevious(answer)
        return
    one.separator.addnext(answer)
    holders = [text.ancestor(mark, text.P) for mark in (one.begin, one.separator, end)]
    for stale in shown:
        paragraph = text.ancestor(stale, text.P)
        text.remove([stale])
        if (
            paragraph is not None
            and paragraph not in holders
            and next(paragraph.iter(text.R, q("w:sectPr")), None) is None
        ):
            text.remove([paragraph])
