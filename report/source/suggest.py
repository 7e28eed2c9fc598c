"""What a value that is not understood likely means: a number with its unit, with spaces or commas in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

_UNIT = re.compile(r"[€£$%‰]|\b(?:EUR|BGN|GBP|USD|CHF|euros?|leva)\b|лв\.?|лева|евро", re.IGNORECASE)
_TYPED = re.compile(r"([-+]?)(\d+)((?:[ \u00a0\u202f\u2009,.'’]\d+)*)")
_GROUP = re.compile(r"(\D)(\d+)")
_AT = re.compile(r"\(at\)|\[at\]|\{at\}", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s/;]+@[^@\s/;]+\.[^@\s/;]+")
_HOST = re.compile(r"(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#][^\s<>\"]*)?")
_GROUPED = 3
"""Digits between two signs that part thousands."""
QUOTES = "“”„«»‘’‚\"'"
"""Signs that people put around a value."""


def readings(value: Any) -> tuple[str, ...]:
    """Return the numbers that a text may mean, thousands before decimals: 12400 and 12.400 of 12,400; none where it is none.

    The last point or comma stands before decimals where no other is like it, and what parts three digits from three may part
    thousands, whatever it is. Units, signs of currencies, quotes and the brackets of a loss are left out; the digits are 0 to 9.
    """
    if not isinstance(value, str):
        return ()
    bare = _UNIT.sub("", value.strip().strip(QUOTES)).strip().replace("−", "-").replace("–", "-")
    found = _TYPED.fullmatch(re.sub(r"\((\d.*)\)", r"-\1", _in_ascii(bare)))
    if not found:
        return ()
    sign, first = found[1].removeprefix("+"), found[2]
    groups = [("'" if s in "'’" else s if s in ",." else " ", digits) for s, digits in _GROUP.findall(found[3])]
    if not groups:
        return (sign + first,)
    (*inner, (last, rest)), parts = groups, [digits for _, digits in groups]
    begins = len(first) <= _GROUPED and first[0] != "0"
    indian = len(first) < _GROUPED and {s for s, _ in groups} == {","} and {len(p) for p in parts[:-1]} == {2}
    made = []
    if begins and len(rest) == _GROUPED and (indian or all(len(part) == _GROUPED for part in parts)):
        made.append(sign + first + "".join(parts))
    others = {s for s, _ in inner}
    if (
        last in ",."
        and last not in others
        and (not inner or begins and len(others) == 1 and {len(p) for p in parts[:-1]} == {_GROUPED})
    ):
        made.append(f"{sign}{first}{''.join(parts[:-1])}.{rest}")
    return tuple(made)


class Offer(NamedTuple):
    """How a number may be written, and the number that was read: another where it was rounded."""

    written: str
    read: str

    @property
    def is_rounded(self) -> bool:
        """Say whether what is written is not what was read."""
        return Decimal(self.written) != Decimal(self.read)


def offers(value: Any, *, whole: bool = False, places: int | None = None) -> tuple[Offer, ...]:
    """Return what a text may be written as: each of its `readings`, so that none of them is asked about again.

    A `whole` number has no decimals, and others have no more than `places`, if that is given.
    """
    read = readings(value)
    if whole:
        kept = [text for text in read if Decimal(text) == Decimal(text).to_integral_value()] or read[:1]
        return tuple(Offer(f"{_rounded(text, 0)}", text) for text in kept)
    return tuple(Offer(_written(text, places), text) for text in read)


def why(offered: Sequence[Offer], whose: str, places: int | None) -> str:
    """Return what a hint says behind numbers of which some are rounded, since `whose` has so many decimal places; empty without."""
    if places is None or not any(one.is_rounded for one in offered):
        return ""
    return f"; {whose} has {places or 'no'} decimal places"


def _in_ascii(text: str) -> str:
    """Return a text with the digits 0 to 9 for those of other scripts, and a point and a comma for the signs that Arabic has."""
    if text.isascii():
        return text
    digits = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return "".join(digits).replace("٫", ".").replace("٬", ",")


def _rounded(text: str, places: int) -> Decimal:
    """Return a number of any length, rounded to so many decimals, half up."""
    exact = Context(prec=len(text) + places + 1)
    return Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, exact)


def _written(text: str, places: int | None) -> str:
    """Return a number with so many decimals at most, and not with three: these are asked about where they are not usual."""
    has = len(text.partition(".")[2])
    if places is not None and has > places:
        number = _rounded(text, places)
        text = f"{number:f}" if number != number.to_integral_value() else f"{number:.0f}"
        has = len(text.partition(".")[2])
    if has != _GROUPED or places == _GROUPED:
        return text
    short = text.rstrip("0").removesuffix(".")
    return f"{short}0" if len(short.partition(".")[2]) in (1, _GROUPED) else short


def address(value: str, *, mail: bool) -> str:
    """Return a hint with the address that a text likely means, of mail or of a website."""
    words = value.strip(f" <>{QUOTES}").split()
    if mail:
        found = _AT.sub("@", re.sub("^mailto:", "", "".join(words), flags=re.IGNORECASE)).replace(",", ".")
        return f"write {found}" if _MAIL.fullmatch(found) else "write one address, such as office@example.org"
    bare = "%20".join(words)
    bare = re.sub(r"^[a-z]{3,6}[:;]?/+|^https?[:;]?(?=www\.)", "", bare, flags=re.IGNORECASE)
    scheme = "http" if re.match("(?i)http[^s]", value.strip()) else "https"
    return f"write {scheme}://{bare}" if _HOST.fullmatch(bare) else "write one address, such as https://example.org"
