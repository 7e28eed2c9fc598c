"""Numbers hold together, with their groups of digits, their sign, currency and unit: no line breaks between them.

Facts and templates are typed with plain spaces. Here the space inside “1 250 000 лв.”, “EUR 5” and “12 %” becomes a no-break space
(U+00A0), as the program's own numbers have it, in every format alike: it looks the same, and a search finds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from report.html.elements import INLINES

_LITERAL = frozenset({"code", "kbd", "pre"})
_NO_BREAK = "\u00a0"
_UNITS = (
    "[%‰°€$£¥₽₴₺₪]|°[CF]|[A-Z]{3}|лв|лева|евро|ст|euros?|cents?|"
    "thousand|million|billion|хил|млн|млрд|хиляди|милиона?|милиарда?|"
    "[kcm]?m[²³]?|[mk]?g|ha|t|[mh]?l|[kM]?W|kWh|h|min|км²?|см|мм|м[²³]?|кв|куб|ха|кг|г|т|л|мл|кВт|кВтч|ч|мин|бр"
)
"""What follows a number and belongs to it: signs, codes of currencies (ISO 4217), words of thousands, units of measure."""
_FIGURES = frozenset({"value", "count"})
_LENGTHS = ((9, "longer"), (13, "longest"))
"""So many characters of a key figure, and the class of one that has more."""
_GROUPS = re.compile(r"(?<![\d.,\u00a0\u202f])(?<!\d )[1-9]\d{0,2}(?: \d{3}){1,4}(?! ?\d)")
_AFTER = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))")
_BEFORE = re.compile(r"(?<!\w)((?:[A-Z]{3}|[€$£¥₽₴₺₪№§]|No\.|Nr\.)) (?=\d)")
_OF_UNITS = re.compile(
    r"(?<=\d\u00a0)(хил\.|млн\.|млрд\.?|thousand|million|billion) (?=(?:лв|лева|евро|euros?|[€$£]|[A-Z]{3})(?!\w))"
)


def bind(root: ET.Element) -> None:
    """Put no-break spaces into the numbers of a document's body."""
    body = root.find("body")
    texts = list(_texts(body)) if body is not None else []
    said = "".join("\n" if place is None else text for place, text in texts)
    bound = bound_text(said)
    if bound == said:
        return
    at = 0
    for place, text in texts:
        if place is None:
            at += 1
            continue
        element, name = place
        setattr(element, name, bound[at : at + len(text)])
        at += len(text)


def size(root: ET.Element) -> None:
    """Give key figures the classes ``longer`` and ``longest`` by which a style sheet sets them smaller: their columns are narrow."""
    for element in root.iter():
        if _FIGURES.isdisjoint(element.get("class", "").split()):
            continue
        length = len("".join(element.itertext()).strip())
        for most, name in _LENGTHS:
            if length > most:
                element.set("class", f"{element.get('class')} {name}")


def bound_text(text: str) -> str:
    """Return a text whose numbers have no-break spaces for their spaces; it is as long as before."""
    text = _GROUPS.sub(lambda found: found[0].replace(" ", _NO_BREAK), text)
    text = _AFTER.sub(_NO_BREAK, text)
    text = _BEFORE.sub(lambda found: found[1] + _NO_BREAK, text)
    return _OF_UNITS.sub(lambda found: found[1] + _NO_BREAK, text)


def _texts(element: ET.Element) -> Iterator[tuple[tuple[ET.Element, str] | None, str]]:
    """Yield the texts below an element with their places, and None where a block begins or ends: nothing is bound across."""
    if element.tag in _LITERAL:
        yield None, "\n"
        return
    if element.text:
        yield (element, "text"), element.text
    for child in element:
        block = child.tag not in INLINES or child.tag in ("br", "img") or child.get("role") == "doc-footnote"
        if block:
            yield None, "\n"
        yield from _texts(child)
        if block:
            yield None, "\n"
        if child.tail:
            yield (child, "tail"), child.tail
