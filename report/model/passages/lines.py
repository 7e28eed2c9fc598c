"""Lines of a text that stand one under another and are printed as one paragraph, though they look as if each were meant to stand alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection

_ROMAN = r"(?=[ivxlcIVXLC]{2})(?i:c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
_LIKE = re.compile(
    r"[ \t]*(?:(\d+(?:\.\d+)+[.)]?)(?=[ \t]+\S)|(\(\d{1,3}\)|\d{1,3}[.)])(?=[ \t]+\S|[^\W\d_]{2})|(\d{5,}[.)])(?=[ \t]+\S)"
    rf"|(\(?(?:[^\W\d_]{{1,4}}|\d{{1,3}}[^\W\d_]|{_ROMAN})\)|[^\W\d_]\.|{_ROMAN}\.|[^\W_]{{1,4}}(?:[-/:]|\.\)))(?=[ \t]+\S|(?<=\))[ \t]*$)"
    r"|(\d{4}[.)])(?=[ \t]+\S)"
    r"|([^\w\s\"'“”„«»‘’(\[{*_#>|`~.,;:!?…=<$€£§&@%/\\])(?=[ \t]+\S)|([-–—+*•])(?=[^\s*–—+-]))"
)
"""A line that looks like an item: 1.1. one, (1) one, 1.one, a) one, 1989. one, ✓ one, -one."""
_YEAR, _MANY = 5, 3
"""The group of `_LIKE` that years are in: so many of them, one under another, are no sentence that happens to break there."""
_COLUMNS = re.compile(r"\S(?: *\t[ \t]*| {3,})(?=\S)|[^\s.!?:] {2,}(?=\S)")
_MARK = re.compile(r"\s*(?:[^\w\s]|\(?\w{1,4}[.)])\s+")
_TITLE = re.compile(r"\*\*[^*]+\*\*:?|__[^_]+__:?")
_SHORTENED = re.compile(r"[^\W\d_]{2,4}\.\s*\S")
"""A line that begins with a word cut short, as streets do: ул., бул., str."""
_SHORT = 45
"""Characters of a line that may be one of an address; a paragraph that is broken by hand or by an editor has longer ones."""
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";")


def run_together(text: str, listed: Collection[int]) -> int | None:
    """Return the first of lines that look like items and are none, one under another or below an item; None where there are none.

    `listed` are the lines, from 0, at which items begin.
    """
    lines, run, before = text.split("\n"), 0, ""
    for number, line in enumerate(lines):
        found = None if number in listed else _LIKE.match(line)
        form = str(found.lastindex) if found else ""
        run = run + 1 if form and form == before else 1
        if form and run >= (_MANY if found and found.lastindex == _YEAR else 2):
            return number - run + 1
        above = lines[number - 1] if number - 1 in listed else None
        if form and above is not None and _indent(line) <= _indent(above):
            return number
        before = form
    return None


def table(text: str, listed: Collection[int]) -> int | None:
    """Return the first of two or more lines whose parts tabs or several spaces set into columns; None where there are none."""
    rows = [bool(_COLUMNS.search(_unmarked(line).strip())) for line in text.split("\n")]
    pairs = range(len(rows) - 1)
    return next((one for one in pairs if rows[one] and rows[one + 1] and one + 1 not in listed), None)


def titled(text: str) -> int | None:
    """Return the first line that is bold from end to end and has other words right below it; None where there is none."""
    lines = [line.strip() for line in text.split("\n")]
    pairs = range(len(lines) - 1)
    return next((one for one in pairs if _TITLE.fullmatch(lines[one]) and _alone(lines[one + 1])), None)


def separate(text: str, listed: Collection[int] = ()) -> int | None:
    """Return the first of two or more lines such as those of an address or of names one under another; None where there are none.

    They are short, begin with a capital or a number, and end no sentence.
    """
    lines, begin = text.split("\n"), 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and lines[end].strip() and end not in listed and not _closes(lines[end - 1]):
            continue
        if _are_separate([line.strip() for line in lines[begin:end] if line.strip()]):
            return next(number for number in range(begin, end) if lines[number].strip())
        begin = end
    return None


def paragraph(text: str, listed: Collection[int]) -> int | None:
    """Return where the second paragraph begins, one empty line below the first; None where there is none, or more lines are empty."""
    rows = text.rstrip().split("\n")
    for number in range(2, len(rows)):
        begins = rows[number].strip() and rows[number][0] not in " \t" and number not in listed
        if begins and not rows[number - 1].strip() and rows[number - 2].strip():
            return number
    return None


def in_row(text: str) -> str:
    """Return a plain text in a line: such lines follow one another with commas, and others as the sentence that they are."""
    if "\n" not in text or separate(text) is None:
        return text
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    commas = [
        not one.endswith((",", *_SENTENCE_ENDS)) and len(one) <= _SHORT and _begins(other)
        for one, other in itertools.pairwise(rows)
    ]
    return "".join(f"{row}{',' * comma} " for row, comma in zip(rows, commas, strict=False)) + rows[-1]


def _are_separate(lines: list[str]) -> bool:
    *before, last = [_unmarked(lines[0]), *lines[1:]] if lines else [""]
    if not before or any(len(line) > _SHORT or not _begins(line) for line in (*before, last)):
        return False
    if any(line.endswith("\\") for line in before) or all(line.endswith(",") for line in before):
        return False
    return not last.endswith(_SENTENCE_ENDS) or len(before) > 1


def _unmarked(line: str) -> str:
    """Return a line without the sign of an item that it begins with."""
    mark = _MARK.match(line)
    return line[mark.end() :] if mark else line


def _closes(line: str) -> bool:
    return line.rstrip().endswith(_SENTENCE_ENDS)


def _begins(line: str) -> bool:
    first = line.lstrip("*_(„“\"'«[")[:1]
    capital = first.isupper() or first.isdigit() or first == "+" or bool(_SHORTENED.match(line))
    return capital and not _LIKE.match(line)


def _alone(line: str) -> bool:
    return bool(line) and not _MARK.match(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
