"""The codes of a part's fields (ECMA-376 17.16.18), put together from the runs and paragraphs that cut them into pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from report.formats.ooxml import Element

_NAME_ENDED = re.compile(r"[\s\\]*[A-Za-z=]+[\s\\\"]")


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


class _Code:
    """The code of a field that is being read: as it is, and as it is once deletions are accepted."""

    def __init__(self) -> None:
        self.texts = ["", ""]
        self.open, self.composed = True, False

    def add(self, text: str, deleted: bool = False) -> None:
        self.texts[0] += text
        self.texts[1] += "" if deleted else text

    @property
    def has_name(self) -> bool:
        """Say whether the name of the field has ended: what follows is no part of it."""
        return bool(_NAME_ENDED.match(self.texts[1]))

    def readings(self) -> Iterator[str]:
        if self.composed:
            yield ""
        yield from (text for text in dict.fromkeys(self.texts) if text.strip())


def field_codes(root: Element) -> Iterator[str]:
    """Yield the code of each field of a part; other fields may be inside it. One whose name another field makes is yielded as ''."""
    codes: list[_Code] = []
    for element in root.iter(etree.Element):
        local = local_name(element)
        if local == "fldSimple":
            yield _attribute(element, "instr")
        elif local == "fldChar":
            kind = _attribute(element, "fldCharType")
            if kind == "begin":
                if codes and codes[-1].open and not codes[-1].has_name:
                    codes[-1].composed = True
                codes.append(_Code())
            elif kind in ("separate", "end") and codes:
                if codes[-1].open:
                    yield from codes[-1].readings()
                codes[-1].open = False
                if kind == "end":
                    codes.pop()
        elif local in ("instrText", "delInstrText", "t", "delText"):
            # the result of a field inside the code of another is part of that code
            outer = next((code for code in reversed(codes) if code.open), None)
            if outer is None and local.endswith("nstrText"):
                codes.append(outer := _Code())
            if outer is not None:
                outer.add("".join(element.itertext()), deleted=local.startswith("del"))
        elif local in ("tab", "br", "cr", "p") and codes and codes[-1].open and codes[-1].texts[0]:
            codes[-1].add(" ")
    for code in codes:
        if code.open and code.texts[0]:
            yield from code.readings()


def _attribute(element: Element, local: str) -> str:
    return next((value for name, value in element.items() if name.rpartition("}")[2] == local), "")
