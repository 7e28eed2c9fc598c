"""Letters of another script that look like a word's own: a Latin a among Cyrillic letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LIKE = {
    "CYRILLIC": dict(zip("аеорсухіјѕАВЕКМНОРСТХУІЈЅ", "aeopcyxijsABEKMHOPCTXYIJS", strict=True)),
    "GREEK": dict(zip("οανΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oavABEZHIKMNOPTYX", strict=True)),
}
"""Letters that look like Latin ones, by their script."""
_TO = {script: {latin: own for own, latin in like.items()} for script, like in _LIKE.items()}
_NAMES = {"LATIN": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek"}
_TWO = tuple(
    re.compile(pattern)
    for pattern in (
        "[A-Za-z][\u0370-\u04ff]", "[\u0370-\u04ff][A-Za-z]", "[\u0370-\u03ff][\u0400-\u04ff]", "[\u0400-\u04ff][\u0370-\u03ff]",
    )
)  # fmt: skip
"""A letter beside one of another script: four patterns are searched faster than one."""
_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile("[A-Z]{2,}[а-я]{1,4}")
"""An acronym with the ending of another language: USBта, PRа."""


def has_two(text: str) -> bool:
    """Say whether a text has a letter beside one of another script."""
    return not text.isascii() and any(pattern.search(text) for pattern in _TWO)


def mixed(text: str) -> Iterator[tuple[int, str, str, str, str]]:
    """Yield each word that has letters of another script which look like its own: the place of the first, the word, that letter, its script, and the word as it is meant.

    A word whose letters look like no others is meant: Ωm.
    """
    if not has_two(text):
        return
    for found in _WORD.finditer(text):
        word = found[0]
        if has_two(word) and not _ENDING.fullmatch(word) and (told := _foreign(word)):
            place, script, meant = told
            yield found.start() + place, word, word[place], script, meant


def _foreign(word: str) -> tuple[int, str, str] | None:
    scripts = [unicodedata.name(c, "").partition(" ")[0] for c in word]
    there = sorted({s for s in scripts if s in _NAMES}, key=scripts.count)
    if len(there) != 2:
        return None
    for few, own in (there, there[::-1]):
        meant = [_turned(c, few, own) if script == few else c for c, script in zip(word, scripts, strict=True)]
        if all(meant):
            return scripts.index(few), _NAMES[few], "".join(map(str, meant))
    return None


def _turned(letter: str, script: str, to: str) -> str | None:
    """Return the letter of another script that looks like `letter`, None where none does."""
    latin = letter if script == "LATIN" else _LIKE[script].get(letter)
    return latin if to == "LATIN" else _TO[to].get(latin or "")
