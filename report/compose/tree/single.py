"""What stands alone in a form that is made for several becomes a line, a list: its words, and what it says of itself, stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from xml.etree import ElementTree as ET

from report.html.elements import INLINES

_OF_A_FORM = frozenset({"class", "role", "scope", "headers", "abbr", "data-type", "data-value", "data-formula", "data-width"})  # fmt: skip
"""What an attribute tells of the form alone that is given up."""
_OF_ANY = frozenset({"id", "lang", "dir", "title"})
"""Attributes that any element may have."""
_INHERITED = frozenset({"lang", "dir"})
_SIZES = frozenset({"value", "long", "longer", "longest"})
"""Looks of a number that stands large."""


def open_panels(main: ET.Element) -> None:
    """Write a panel of facts that has one row as a line, its name and what it says, in place."""
    for parent in list(main.iter()):
        for place, panel in enumerate(list(parent)):
            if panel.tag not in ("aside", "dl") or "facts" not in panel.get("class", "").split():
                continue
            forms = [panel, panel[0]] if [part.tag for part in panel] == ["dl"] else [panel]
            if [part.tag for part in forms[-1]] != ["dt", "dd"]:
                continue
            own = own_words(*forms)
            name, value = forms[-1]
            if own is not None and not _is_loose(*forms, name, value) and _is_inline(value):
                parent[place] = _line(name, value, own, panel.tail)


def open_figures(main: ET.Element) -> None:
    """Write a number that stands large alone as a line, as it is read: the number, and what it counts; in place."""
    for parent in list(main.iter()):
        for place, panel in enumerate(list(parent)):
            if panel.tag != "ul" or "figures" not in panel.get("class", "").split() or len(panel) != 1:
                continue
            item = panel[0]
            value, said = item.find("strong"), own_words(panel, item)
            if value is None or said is None or _is_loose(panel, item) or not _is_inline(item):
                continue
            value.set("class", " ".join(["number", *_looks(value, _SIZES)]))
            line = ET.Element("p", {"class": " ".join(["fact", *_looks(item)])} | said)
            line.text, line.tail = item.text, panel.tail
            for part, following in zip(item, [*item[1:], None], strict=True):
                if following is not None and not part.tail and {part.tag, following.tag} <= {"strong", "span"}:
                    part.tail = " "  # each stood on a line of its own
                _run_on(line, part)
            parent[place] = line


def own_words(*elements: ET.Element) -> dict[str, str] | None:
    """Return what elements say of themselves that become one, the outermost first; None where one cannot say it all."""
    found: dict[str, str] = {}
    for element in elements:
        own = {name: value for name, value in element.items() if name not in _OF_A_FORM}
        if not own.keys() <= _OF_ANY or own.keys() & found.keys() - _INHERITED:
            return None
        found |= own
    return found


def _is_loose(*elements: ET.Element) -> bool:
    """Say whether words stand in a form between its parts: before the first part, or behind one."""
    outermost, *inner = elements
    forms = [one for one in elements if one.tag in ("ul", "aside", "dl")]
    return any((words or "").strip() for words in (*(one.text for one in forms), *(one.tail for one in inner)))


def _is_inline(element: ET.Element) -> bool:
    return all(part.tag in INLINES for part in element.iter() if part is not element)


def _looks(element: ET.Element, without: Collection[str] = ()) -> list[str]:
    return [look for look in element.get("class", "").split() if look not in without]


def _run_on(line: ET.Element, part: ET.Element) -> None:
    """Put a part of a figure at a line's end; what the number counts is no part of its own any more."""
    if part.tag == "span":
        before = "".join(line.itertext())
        if "label" in _looks(part) and before and not before[-1].isspace():
            _write(line, " ")
        looks = _looks(part, {"label"})
        part.attrib.pop("class", None)
        if looks:
            part.set("class", " ".join(looks))
    if part.tag != "span" or part.attrib:
        line.append(part)
        return
    _write(line, part.text)
    line.extend(part)
    _write(line, part.tail)


def _write(line: ET.Element, words: str | None) -> None:
    if len(line):
        line[-1].tail = (line[-1].tail or "") + (words or "") or None
    else:
        line.text = (line.text or "") + (words or "") or None


def _line(name: ET.Element, told: ET.Element, said: Mapping[str, str], tail: str | None) -> ET.Element:
    line = ET.Element("p", {"class": "fact"} | dict(said))
    label = ET.SubElement(line, "strong", {key: value for key, value in name.items() if key not in _OF_A_FORM})
    label.text, label[:] = name.text, list(name)
    if len(label):
        label[-1].tail = (label[-1].tail or "").rstrip()
    else:
        label.text = (name.text or "").rstrip()
    label.tail = ": "
    own = {key: value for key, value in told.items() if key not in _OF_A_FORM}
    if own:
        words = ET.SubElement(line, "span", own)
        words.text, words[:] = told.text, list(told)
    else:
        _write(line, told.text)
        line.extend(told)
    line.tail = tail
    return line
