"""Names of people in texts: told whole or in part, in capitals, in the plural, with other hyphens, accents or spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from report.model.dossier import Dossier
from report.model.text import Text

MARK = "[…]"
"""Stands where a name was, in every language."""
SHORTEST = 2
"""A part of a name with fewer letters stays: it is an initial."""
LOOSE = 4
"""A part with fewer letters counts only as a name is written, Li or LI: in small letters it is part of any word."""
JOINED = 8
"""A whole name of so many letters is also found where it is written as one word."""
PARTICLES = frozenset(
    "a al am an and abu ben bin bint da das de del della den der di do dos du el ibn la las le les lo los of st saint "
    "ter ten the to und van von y zu zum zur dr eng jr mr mrs ms prof sr family "
    "д-р др проф инж доц акад г-н г-жа гн гжа и на от де ван фон семейство фамилия".split()
)
"""Parts that belong to no one: forms of address, particles, articles."""
_PART = re.compile(r"[^\W\d_]+")
_HIDDEN = "[\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff]*"
"""What may stand between two letters without being seen: soft hyphens, stress marks, joiners."""
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_JOINT = {" ": r"\s+", "-": r"\s*[-‐‑‒–—]\s*", "'": "['’ʼ‘]", "’": "['’ʼ‘]"}
_FORMS = (
    (re.compile(r"(?<=[^\W_]{2})(ов|ев|ин)а?$", re.IGNORECASE), "[аи]?"),
    (re.compile(r"(?<=[^\W_]{2})(ск|цк)[иа]$", re.IGNORECASE), "[иа]"),
    (re.compile(r"(?<=[^\W_]{2})(ov|ev|in)a?$", re.IGNORECASE), "[ai]?(?:s|[’']s)?"),
    (re.compile(r"(?<=[^\W_]{2})(sk)[iay]$", re.IGNORECASE), "[iay](?:s|[’']s)?"),
)
"""Endings of family names that tell a man, a woman and a family: Мостов, Мостова, Мостови."""


_LATIN = {c: t for t, c in zip(
    "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya".split(),
    "абвгдежзийклмнопрстуфхцчшщъьюя", strict=True,
)}  # fmt: skip
"""Bulgarian letters as addresses spell them (Закон за транслитерацията, чл. 4–6)."""


def plain(text: str) -> str:
    """Return a text in the one form of its letters that names are looked for in (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def spoken(text: Text) -> Iterator[str]:
    """Yield a name in each language, with single spaces."""
    for told in text.by_language.values():
        if (whole := " ".join(re.sub(_HIDDEN, "", plain(told)).split())) and whole != MARK:
            yield whole


def private(dossier: Dossier) -> Iterator[Text]:
    """Yield the names of people, of givers and receivers who are people, and of those whom stories are about."""
    yield from (person.name for person in dossier.people)
    for year in dossier.years.values():
        yield from (d.donor.name for d in year.received if d.donor.name and d.donor.kind == "person")
        yield from (d.recipient.name for d in year.given if d.recipient.name and d.recipient.kind == "person")
        yield from (story.person for story in year.stories)


def parts(whole: str) -> list[str]:
    """Return the parts of a name by which somebody is known; words in small letters are none."""
    found = _PART.findall(whole)
    return [p for p in found if len(p) >= SHORTEST and p[0].isupper() and p.casefold() not in PARTICLES]


def every(texts: Iterable[Text]) -> tuple[str, ...]:
    """Return the names that texts are, whole and in part, the longest first."""
    found = {name: None for text in texts for whole in spoken(text) for name in (whole, *parts(whole))}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


class Finder:
    """Finds names in texts, and in addresses and file names."""

    def __init__(self, names: Iterable[str]):
        self.names = tuple(names)
        listed = "|".join(_form(name) for name in self.names)
        self._pattern = re.compile(f"{_BEFORE}(?:{listed}){_AFTER}") if listed else None
        self._loose = _loose(self.names)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first name in a text, as it is written there."""
        return self._pattern.search(plain(text)) if self._pattern else None

    def each(self, text: str) -> Iterator[str]:
        """Yield every name in a text, as it is written there."""
        if self._pattern:
            yield from (match[0] for match in self._pattern.finditer(plain(text)))

    def remove(self, text: str) -> str:
        """Return a text with `MARK` for each name, and one for names that follow one another."""
        if self._pattern is None:
            return text
        text = self._pattern.sub(MARK, plain(text))
        mark = re.escape(MARK)
        return re.sub(rf"{mark}(?:[\s\-‐‑‒–—]+{mark})+", MARK, text)

    def within(self, address: str | None) -> str | None:
        """Return the name that stands in an address, an id or a file's name, even between other letters."""
        if not (address and self._loose):
            return None
        found = self._loose.search(plain(address))
        return found[0] if found else None


def _form(name: str) -> str:
    """Return the pattern of a name: in any case where it is long enough, else as it is written or in capitals."""
    letters = sum(c.isalpha() for c in name)
    if letters < LOOSE:
        return f"(?:{_spelled(name)}|{_spelled(name.upper())})(?:[’']s)?"
    for ending, others in _FORMS:
        if found := ending.search(name):
            return f"(?i:{_spelled(name[: found.end(1)])}{others})"
    return f"(?i:{_spelled(name)}(?:s|es|[’']s|s[’'])?)"


def _spelled(name: str) -> str:
    joint = _JOINT | {" ": r"\s*"} if sum(c.isalpha() for c in name) >= JOINED else _JOINT
    return "".join(joint.get(c) or re.escape(c) + (_HIDDEN if c.isalnum() else "") for c in name)


def _loose(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of names in an address: long parts anywhere, short ones as words of it."""
    long, short = [], []
    single = dict.fromkeys(part for whole in names if " " not in whole for part in _PART.findall(whole))
    for name in single:
        if name.casefold() not in PARTICLES and len(name) >= SHORTEST:
            latin = "".join(_LATIN.get(c, c) for c in name.lower())
            (long if len(name) > LOOSE else short).extend(dict.fromkeys((re.escape(name), re.escape(latin))))
    listed = [*long, *(f"{_BEFORE}(?:{part}){_AFTER}" for part in short)]
    return re.compile("|".join(listed), re.IGNORECASE) if listed else None
