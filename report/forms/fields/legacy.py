"""Legacy form fields (ECMA-376 17.16.17): FORMTEXT, FORMCHECKBOX, FORMDROPDOWN."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer, AnswerError, NotAnOption
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import Kind, Place, deleted, nearest
from report.forms.word import text

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


def find(part: str, root: Element, known: Sequence[Place]) -> Iterator[Place]:
    """Yield the legacy form fields of a part."""
    for one in _fields(root.iter(text.R)):
        kind = next((kind for tag, kind in _KINDS if one.data.find(tag) is not None), None)
        if kind is None or one.end is None or deleted(one.begin):
            continue
        name = _said(one.data, "w:name") or "field"
        yield Place(
            family="legacy",
            name=name,
            kind=kind,
            part=part,
            paragraph=0,
            near=nearest(
                one.begin, _said(one.data, "w:statusText") or _said(one.data, "w:helpText"), after=kind == "checkbox"
            ),
            element=one.begin,
            now=_now(one, kind),
            options=tuple(e.get(q("w:val"), "") for e in one.data.iter(q("w:listEntry"))),
            limit=_limit(one.data),
            locked=_on(one.data.find(q("w:enabled")), True) is False,
        )


def _fields(runs: Iterable[Element]) -> Iterator[_Field]:
    """Yield the fields with form data, inner ones first."""
    opened: list[_Field | None] = []
    passed: list[Element] = []
    for run in runs:
        passed.append(run)
        for char in run.findall(_CHAR):
            match char.get(_TYPE):
                case "begin":
                    data = char.find(_DATA)
                    opened.append(_Field(run, data) if data is not None else None)
                case "separate" if opened and opened[-1]:
                    opened[-1].separator, opened[-1].first = run, len(passed)
                case "end" if opened:
                    one = opened.pop()
                    if one:
                        one.end = run
                        one.shown = passed[one.first : -1] if one.separator is not None else []
                        yield one


def _onward(run: Element) -> Iterator[Element]:
    """Yield a run and those after it, for as long as they are asked for."""
    yield run
    here: Element | None = run
    while here is not None:
        for after in here.itersiblings():
            yield from after.iter(text.R)
        here = here.getparent()


def _said(data: Element, name: str) -> str:
    found = data.find(q(name))
    return (found.get(q("w:val")) or "") if found is not None else ""


def _on(element: Element | None, default: bool) -> bool:
    """Return an on/off value (17.17.4): one that is there without a value is on."""
    return default if element is None else element.get(q("w:val"), "1") not in ("0", "false", "off")


def _limit(data: Element) -> int | None:
    said = data.find(f"{q('w:textInput')}/{q('w:maxLength')}")
    return max(0, text.number(said, 0)) or None


def _now(one: _Field, kind: Kind) -> str:
    if kind == "checkbox":
        box = one.data.find(q("w:checkBox"))
        state = box.find(q("w:checked"))
        return "true" if _on(state if state is not None else box.find(q("w:default")), False) else "false"
    if kind == "dropdown":
        entries, listing = (
            [e.get(q("w:val"), "") for e in one.data.iter(q("w:listEntry"))],
            one.data.find(q("w:ddList")),
        )
        result = listing.find(q("w:result"))
        chosen = text.number(result if result is not None else listing.find(q("w:default")), 0)
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return "".join("".join(t.text or "" for t in run.iter(text.T)) for run in one.shown).strip("\u2002 ")


def fill(place: Place, answer: Answer, bindings: DataBindings) -> None:
    """Write an answer into a field; raise `AnswerError` for what it does not take."""
    if place.locked:
        raise AnswerError("the funder has switched this field off", "leave it out of the map")
    one = next(f for f in _fields(_onward(place.element)) if f.begin is place.element)
    if _crowded(one):
        for run in dict.fromkeys([one.begin, one.separator, *one.shown, one.end]):
            if run is not None:
                _apart(run)
        one = next(f for f in _fields(_onward(place.element)) if f.data is one.data)
    if place.kind == "checkbox":
        _put(one.data.find(q("w:checkBox")), "w:checked", "1" if answer.checked else "0")
    elif place.kind == "dropdown":
        _choose(one, place, answer.text)
    else:
        _write(one, place, answer.text)


def _crowded(one: _Field) -> bool:
    """Say whether a field's marks share a run with one another or with text."""
    marks = [one.begin, one.separator, one.end]
    return any(mark is not None and len([c for c in mark if c.tag != text.RPR]) > 1 for mark in marks)


def _apart(run: Element) -> None:
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


def _choose(one: _Field, place: Place, said: str) -> None:
    if said not in place.options:
        raise NotAnOption(said, place.options)
    listing, number = one.data.find(q("w:ddList")), str(place.options.index(said))
    result = listing.find(q("w:result"))
    if result is None:
        result = etree.Element(q("w:result"))
        listing.insert(0, result)
    result.set(q("w:val"), number)
    if one.shown and one.separator is not None:
        _write(one, place, said)


def _put(parent: Element, name: str, value: str) -> None:
    found = parent.find(q(name))
    if found is None:
        found = etree.SubElement(parent, q(name))
    found.set(q("w:val"), value)


def _write(one: _Field, place: Place, said: str) -> None:
    if place.limit and len(said) > place.limit:
        raise AnswerError(f"the form accepts {place.limit} characters, this has {len(said)}", "give a shorter variant")
    shown = [run for run in one.shown if run is not one.end]
    made = text.run(said, _look(shown) if shown else one.begin.find(text.RPR))
    if one.separator is None:
        separator = etree.Element(text.R)
        etree.SubElement(separator, _CHAR).set(_TYPE, "separate")
        one.end.addprevious(separator)
        one.end.addprevious(made)
        return
    one.separator.addnext(made)
    ends = [_paragraph(mark) for mark in (one.begin, one.separator, one.end)]
    for stale in shown:
        holder = _paragraph(stale)
        stale.getparent().remove(stale)
        if holder not in ends and next(holder.iter(text.R, q("w:sectPr")), None) is None:
            holder.getparent().remove(holder)


def _paragraph(run: Element | None) -> Element | None:
    return next(run.iterancestors(text.P), None) if run is not None else None


def _look(runs: list[Element]) -> Element | None:
    return next((r.find(text.RPR) for r in runs if r.find(text.RPR) is not None), None)
