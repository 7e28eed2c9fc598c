"""What a value that is not understood likely means: a number with its unit, with spaces or commas in it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_UNIT = re.compile(r"[€£$%‰]|\b(?:EUR|BGN|GBP|USD|CHF|euros?|leva)\b|лв\.?|лева|евро", re.IGNORECASE)
_GROUPED = re.compile(r"(-?\d{1,3})((?:[ \u00a0\u202f\u2009,.'’]\d{3})+)(?:([.,])(\d{1,2}))?")
_PLAIN = re.compile(r"(-?\d+)(?:[.,](\d+))?")
_AT = re.compile(r"\(at\)|\[at\]|\{at\}", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s/;]+@[^@\s/;]+\.[^@\s/;]+")
_HOST = re.compile(r"(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#][^\s<>\"]*)?")
QUOTES = "“”„«»‘’‚\"'"
"""Signs that people put around a value."""


def number(value: Any, *, whole: bool = False) -> str | None:
    """Return a hint with the number that a text likely means, or None where it is none."""
    if not isinstance(value, str):
        return None
    bare = _UNIT.sub("", value.strip().strip(QUOTES)).strip().replace("−", "-").replace("–", "-")
    grouped, plain = _GROUPED.fullmatch(bare), _PLAIN.fullmatch(bare)
    if grouped and grouped[3] != grouped[2][0]:
        digits, cents = grouped[1] + re.sub(r"\D", "", grouped[2]), grouped[4]
    elif plain:
        digits, cents = plain[1], plain[2]
    else:
        return None
    if whole and cents and int(cents):
        return f"write {Decimal(f'{digits}.{cents}').quantize(Decimal(1), ROUND_HALF_UP)}; it has no decimal places"
    return f"write {digits}{'' if whole or not cents else f'.{cents}'}"


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


def rounded(value: Any, places: int) -> str | None:
    """Return a hint with a number of fewer decimal places."""
    try:
        return f"write {Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}"
    except ArithmeticError:
        return None
