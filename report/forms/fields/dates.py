"""Days in a form's own pattern (ECMA-376 17.5.2.7): Word's signs for them are not quite those of CLDR."""

from __future__ import annotations

import datetime
import re

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime

from report.formats.ooxml import Element, q
from report.forms.answers.answer import AnswerError

_TOKEN = re.compile(r"(am/pm|AM/PM|'[^']*'?|[^\W\d_]+)")
_LETTERS = re.compile(r"d+|M+|y+|h+|H+|m+|s+|t+")
_CLDR = {"ddd": "EEE", "dddd": "EEEE", "am/pm": "a", "AM/PM": "a", "t": "a", "tt": "a"}


def _pattern(said: str) -> str:
    """Return a pattern of Word's as CLDR writes it; a word that is none of its signs stands as it is."""
    made = []
    for piece in _TOKEN.split(said):
        letters = _LETTERS.findall(piece)
        if piece in _CLDR or "".join(letters) == piece:
            made += [_CLDR.get(each, each) for each in ([piece] if piece in _CLDR else letters)]
        elif piece.startswith("'"):
            made.append(f"{piece.rstrip(chr(39))}'" if len(piece) > 2 else "")
        else:
            made.append(f"'{piece}'" if piece.isalpha() else piece)
    return "".join(made)


def shown(rules: Element, said: str) -> tuple[str, str]:
    """Write a day in the form's own pattern (17.5.2.7) and language; its full date is stored beside it."""
    try:
        day = datetime.date.fromisoformat(said.strip())
    except ValueError:
        raise AnswerError(f"'{said[:40]}' is not a day", "write it as 2026-09-30") from None
    pattern = next((e.get(q("w:val")) for e in rules.iter(q("w:dateFormat"))), None) or "dd.MM.yyyy"
    lid = next((e.get(q("w:val")) for e in rules.iter(q("w:lid"))), None) or "en-GB"
    try:
        locale = Locale.parse(lid.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en_GB")
    rules.set(q("w:fullDate"), f"{day.isoformat()}T00:00:00Z")
    stored = next((e.get(q("w:val")) for e in rules.iter(q("w:storeMappedDataAs"))), None) or "dateTime"
    moment = datetime.datetime.combine(day, datetime.time())
    try:
        written = format_datetime(moment, _pattern(pattern), locale=locale)
    except ValueError:  # a sign of a length that no calendar has
        written = format_datetime(moment, "dd.MM.yyyy", locale=locale)
    return written, {"date": day.isoformat(), "text": written}.get(stored, f"{day.isoformat()}T00:00:00Z")
