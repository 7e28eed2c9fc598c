"""Names of people in texts: told whole or in part, in capitals, in the plural, with other hyphens, accents or spaces."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

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
_HIDDEN = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
"""What may stand between two letters without being seen: soft hyphens, stress marks, joiners."""
_UNSEEN = re.compile(f"[{_HIDDEN}]")
_WORD = re.compile(rf"[^\W\d_](?:[{_HIDDEN}]*[^\W\d_])*")
_POSSESSIVE = re.compile(r"['’]s(?![^\W_])")
_BETWEEN = re.compile(rf"[\s{_HIDDEN}]+|[\s{_HIDDEN}]*[-‐‑‒–—'’ʼ‘][\s{_HIDDEN}]*")
"""What joins the words of one name."""
_APART = re.compile(r"[^\w*\[\]]{1,3}")
"""What may stand between the words of a name that is a phrase: nine hamlets, in nine jars."""
_FORMS = (
    (re.compile(r"^(.{2,}(?:ов|ев|ин))а?$"), ("", "а", "и")),
    (re.compile(r"^(.{2,}(?:ск|цк))[иа]$"), ("и", "а")),
    (re.compile(r"^(.{2,}(?:ov|ev|in))a?$"), ("", "a", "i", "s", "as", "is")),
    (re.compile(r"^(.{2,}sk)[iay]$"), ("i", "a", "y", "is", "as", "ys")),
    (re.compile(r"^(.+)$"), ("", "s", "es")),
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
        if (whole := " ".join(_UNSEEN.sub("", plain(told)).split())) and whole != MARK:
            yield whole


def private(dossier: Dossier, *, changed: bool = True) -> Iterator[Text]:
    """Yield the names of people, of givers and receivers who are people, and of those whom stories are about.

    Without `changed`, not those that a story gives somebody in place of their own.
    """
    yield from (person.name for person in dossier.people if person.name)
    for year in dossier.years.values():
        yield from (d.donor.name for d in year.received if d.donor.name and d.donor.kind == "person")
        yield from (d.recipient.name for d in year.given if d.recipient.name and d.recipient.kind == "person")
        yield from (s.person for s in year.stories if s.person and (changed or not s.pseudonym))


def finder_of(dossier: Dossier) -> Finder:
    """Return what finds every private name of the facts."""
    real = set(every(private(dossier, changed=False)))
    names = every(private(dossier))
    return Finder(names, frozenset(names) - real)


def parts(whole: str) -> list[str]:
    """Return the parts of a name by which somebody is known; words in small letters are none."""
    found = _PART.findall(whole)
    return [p for p in found if len(p) >= SHORTEST and p[0].isupper() and p.casefold() not in PARTICLES]


def every(texts: Iterable[Text]) -> tuple[str, ...]:
    """Return the names that texts are, whole and in part, the longest first."""
    found = {name: None for text in texts for whole in spoken(text) for name in (whole, *parts(whole))}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


class Finder:
    """Finds names in texts, and in addresses and file names. Words are looked up, so that a thousand names cost no time."""

    def __init__(self, names: Iterable[str], changed: Collection[str] = ()):
        """Look for `names`; those that are `changed`, nobody's own, count only as a name is written.

        Ясен is a boy in a story, and a clear day in all other texts.
        """
        self.names = tuple(names)
        self._known: set[str] = set()
        self._written: set[str] = set()
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for name in self.names:
            if " " not in name and _PART.fullmatch(name):
                self._add(name, as_written=name in changed)
        for name in self.names:
            self._add_whole([word.casefold() for word in _PART.findall(name)])
        self._loose = _loose(self.names)

    def _add(self, name: str, as_written: bool) -> None:
        if as_written or len(name) < LOOSE:
            self._written |= {name, name.upper()}
            return
        stem, endings = next((f[1], e) for pattern, e in _FORMS if (f := pattern.match(name.casefold())))
        self._known |= {stem + ending for ending in endings}

    def _add_whole(self, words: list[str]) -> None:
        if len(words) > 1 and sum(map(len, words)) >= JOINED:
            self._known.add("".join(words))
        if len(words) > 1 and not all(word in self._known for word in words) and sum(map(len, words)) >= LOOSE:
            self._phrases.setdefault(words[0], []).append(tuple(words))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where names stand; those that follow one another are one."""
        words = [(m.start(), m.end(), _UNSEEN.sub("", m[0])) for m in _WORD.finditer(text)]
        begun: tuple[int, int] | None = None
        place = 0
        while place < len(words):
            count = self._matched(text, words, place)
            if not count:
                place += 1
                continue
            start, end = words[place][0], words[place + count - 1][1]
            if own := _POSSESSIVE.match(text, end):
                end = own.end()
            place += count
            while place < len(words) and words[place][0] < end:
                place += 1  # the s of a possessive
            if begun and _BETWEEN.fullmatch(text, begun[1], start):
                begun = begun[0], end
                continue
            if begun:
                yield begun
            begun = start, end
        if begun:
            yield begun

    def _matched(self, text: str, words: list[tuple[int, int, str]], place: int) -> int:
        """Return how many words from a place on are a name."""
        written = words[place][2]
        folded = written.casefold()
        for phrase in self._phrases.get(folded, ()):
            run = words[place : place + len(phrase)]
            apart = all(_APART.fullmatch(text, one[1], two[0]) for one, two in itertools.pairwise(run))
            if apart and tuple(word.casefold() for _, _, word in run) == phrase:
                return len(phrase)
        return int(folded in self._known or written in self._written)

    def each(self, text: str) -> Iterator[str]:
        """Yield every name in a text, as it is written there."""
        text = plain(text)
        yield from (text[start:end] for start, end in self._spans(text))

    def remove(self, text: str) -> str:
        """Return a text with `MARK` for each name, and one for names that follow one another."""
        if not self.names:
            return text
        text, pieces, at = plain(text), [], 0
        for start, end in self._spans(text):
            pieces += [text[at:start], MARK]
            at = end
        mark = re.escape(MARK)
        return re.sub(rf"{mark}(?:[\s\-‐‑‒–—]+{mark})+", MARK, "".join(pieces) + text[at:])

    def within(self, address: str | None) -> str | None:
        """Return the name that stands in an address, an id or a file's name, even between other letters."""
        found = self._loose.search(plain(address).casefold()) if address and self._loose else None
        return found[0] if found else None


def _loose(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of names in an address: long parts anywhere, short ones as words of it."""
    long: list[str] = []
    short: list[str] = []
    for name in dict.fromkeys(part.casefold() for whole in names if " " not in whole for part in _PART.findall(whole)):
        if name not in PARTICLES and len(name) >= SHORTEST:
            latin = "".join(_LATIN.get(c, c) for c in name)
            (long if len(name) > LOOSE else short).extend(dict.fromkeys((re.escape(name), re.escape(latin))))
    listed = [*long, *([rf"(?<![^\W_])(?:{'|'.join(short)})(?![^\W_])"] if short else [])]
    return re.compile("|".join(listed)) if listed else None
