"""Characters that nobody sees, and letters that look like others: which of them are meant, and what is told of the rest.

A character that is meant stays: joiners where a script needs them, marks of direction in a text that runs from right to left, soft
hyphens in the words of a text. What may go without harm is left out, and told.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from report.source.lookalikes import has_two, mixed
from report.values import Severity

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that YAML takes for letters (a character class): non-breaking, figure and thin ones among them."""
_NO_WIDTH = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
NO_WIDTH = _NO_WIDTH + "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
"""Characters without a shape of their own (a character class; Unicode: Default_Ignorable_Code_Point)."""
NO_CHARACTER = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
"""Code points that are no characters and never will be (Unicode 23.7)."""
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
"""Control characters that no text has; those from U+0080 on come from a file of another charset."""
CONTROL = re.compile(f"[{CONTROLS}\ufffe\uffff]")
"""A character that no YAML file has."""
LOST = "\ufffd"
"""What stands where a program could not read a letter."""
_ANY = f"[{NO_WIDTH}{NO_CHARACTER}{CONTROLS}{LOST}]|^[{SPACES}]+|[{SPACES}]+$"
_QUICK = re.compile(f"[{CONTROLS}{SPACES}{LOST}{_NO_WIDTH}\ufdd0-\ufdef\ufffe\uffff\U00010000-\U0010ffff]")
"""What a text may have that is looked at more closely; beyond U+FFFF all there is, since such a pattern is searched faster."""
_NAMES = {
    "\u00a0": "non-breaking space", "\u00ad": "soft hyphen", "\u2007": "figure space", "\u2009": "thin space",
    "\u200b": "zero-width space", "\u200c": "zero-width non-joiner", "\u200d": "zero-width joiner",
    "\u202f": "narrow non-breaking space", "\ufeff": "byte order mark", "\u3000": "ideographic space",
}  # fmt: skip
_OVERRIDES = frozenset("\u202d\u202e")
_DIRECTION = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_JOINED = "[\u0600-\u07ff\u0840-\u109f\u1780-\u18af\u1a00-\u1cff\ua840-\ua8ff\ua980-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010900-\U00011fff\U0001e900-\U0001e95f]"
"""Letters of scripts whose letters join, or form clusters: Arabic, Syriac, those of India, Myanmar, Khmer, Mongolian."""
_WITHOUT_SPACES = "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf]"
"""Letters of scripts that are written without spaces, where a line may break at U+200B alone: Thai, Lao, Khmer and others."""
_VARIED = "[#*0-9\u00a9\u00ae\u203c-\u3299\u3400-\u9fff\uf900-\ufaff\U0001f000-\U0003ffff]"
"""What a variation selector may follow: ideographs, emoji, keys, signs."""


class Sign(NamedTuple):
    """What is told of a character: its place in the text, how much it weighs, the code's last part, what is wrong, what to do."""

    at: int
    severity: Severity
    code: str
    message: str
    hint: str


def named(character: str) -> str:
    """Return how a character that nobody sees is called: zero-width space U+200B."""
    name = _NAMES.get(character) or unicodedata.name(character, "character").lower()
    return f"{name} U+{ord(character):04X}"


def unprintable(c: str) -> tuple[str, str]:
    """Return what is said of a character that cannot be printed, and what to do."""
    charset = "; is the file of another charset?" if "\x7f" < c < "\xa0" else ""
    return f"the character U+{ord(c):04X} cannot be printed", f"delete it{charset}"


def is_clear(text: str) -> bool:
    """Say whether a text has nothing that would be told of; escapes may stand for it."""
    return not _QUICK.search(text) and not has_two(text)


def without_invisible(text: str) -> tuple[str, list[Sign]]:
    """Return a text without what may go, and what is told of it: of each character once, at the first place."""
    if is_clear(text):
        return text, []
    kept, signs, end, seen = [], [], 0, dict[str, int]()
    for found in re.finditer(_ANY, text):
        sign = _sign(text, found.start(), found[0])
        if sign is None:
            continue
        if sign.code == "unseen":
            kept.append(text[end : found.start()])
            end = found.end()
        seen[found[0][0]] = seen.get(found[0][0], 0) + 1
        if seen[found[0][0]] == 1:
            signs.append(sign)
    return "".join([*kept, text[end:]]), [
        *(_counted(sign, seen[text[sign.at]]) for sign in signs),
        *_letters(text),
    ]


def _counted(sign: Sign, count: int) -> Sign:
    return sign if count == 1 else sign._replace(message=f"{sign.message}; there are {count} in this text")


def _sign(text: str, at: int, found: str) -> Sign | None:
    """Return what is told of the character at a place; None where it is meant."""
    c, number = found[0], f"U+{ord(found[0]):04X}"
    if c == LOST:
        message = f"{number} replaces a letter that a program could not read"
        return Sign(at, Severity.WARNING, "lost", message, "write the word again")
    if CONTROL.match(c) or re.match(f"[{NO_CHARACTER}]", c):
        return Sign(at, Severity.ERROR, "character", *unprintable(c))
    if re.match(f"[{SPACES}]", c):
        where = "before" if at == 0 else "after"
        return Sign(at, Severity.NOTE, "unseen", f"a {named(c)} {where} the text is left out", "delete it")
    if _is_meant(text, at, c):
        return None
    if c in _OVERRIDES:
        message = f"the {named(c)}, which turns the letters after it round, is left out"
        return Sign(
            at, Severity.WARNING, "unseen", message, "delete it, and check that the letters are in the right order"
        )
    return Sign(at, Severity.NOTE, "unseen", f"the {named(c)}, which is invisible, is left out", "delete it")


def _is_meant(text: str, at: int, c: str) -> bool:
    """Say whether a character that nobody sees does something where it stands."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if c == "\u00ad":
        return before.isalpha() and after.isalpha() and _in_a_sentence(text, at)
    if re.match(_DIRECTION, c):
        return _runs_left(text)
    if c in "\u200c\u200d":
        joined = bool(re.match(_JOINED, before or " ") or re.match(_JOINED, after or " "))
        return joined or (c == "\u200d" and bool(re.match(_VARIED, after or " ")))
    if c in "\u200b\u2060":
        return bool(re.match(_WITHOUT_SPACES, before or " ") and re.match(_WITHOUT_SPACES, after or " "))
    if "\ufe00" <= c <= "\ufe0f" or c >= "\U000e0100":
        return bool(re.match(_VARIED, before or " ") or re.match(_JOINED, before or " "))
    if "\U000e0020" <= c <= "\U000e007f":
        return bool(re.search("\U0001f3f4[\U000e0020-\U000e007f]*$", text[max(0, at - 16) : at]))
    return bool(re.match(_JOINED, before or " ")) and ("\u17b4" <= c <= "\u180f" or c == "\u034f")


@functools.lru_cache(maxsize=64)
def _runs_left(text: str) -> bool:
    """Say whether a text has letters that run from right to left."""
    return bool(re.search(_RIGHT_TO_LEFT, text))


def _in_a_sentence(text: str, at: int) -> bool:
    """Say whether a place is in a word among others: not in an id, an address or a number."""
    begin, end = text.rfind(" ", 0, at) + 1, text.find(" ", at)
    word = text[begin : end if end >= 0 else None]
    others = begin > 0 or end >= 0  # texts have no spaces around them
    return others and not re.search(r"[\d@/_\\]|\w\.\w", word)


def _letters(text: str) -> Iterator[Sign]:
    """Yield a warning for each word that has a letter of another script among its own."""
    for at, word, letter, script, meant in mixed(text):
        message = f"“{word}” has a letter that only looks like one of its own: “{letter}” is {script}"
        yield Sign(at, Severity.WARNING, "letters", message, f"write “{meant}”")
