"""How wide the columns of a table are: as its template says, but none narrower than a number that stands in it.

A number is not broken over lines, nor is what belongs to it: groups of digits, sign, per cent, currency and unit, which hold together
by no-break spaces (`report.language.numbers`). The page and Word have the same columns: each measures with its own fonts, and what is
measured is divided here. Lengths are in the unit of whoever measures.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

_SPACE = re.compile("[ \t\n\r\f\u200b]+")
_DASH = re.compile("(?<=[\\w%)][–—])(?=\\w)|(?<=\\w[-/])(?=[^\\W\\d_])")
"""Where a line may break although there is no space (UAX 14: BA, HY, SY)."""
_NUMBER = re.compile(
    '[(\\[<>≤≥~≈«„“"]*(?:[^\\W\\d_]{1,4}\\.?[\u00a0\u202f]?|[€$£¥₽№][\u00a0\u202f]?)?[−+±-]?[\u00a0\u202f]?'
    "\\d(?:[\\d.,'’\u00a0\u202f:/-]*\\d)?"
    '(?:[\u00a0\u202f]?(?:%|‰|°C?|[€$£¥₽]|[^\\W\\d_]{1,8}\\.?))*[)\\]»”“".,;:!?*–—]*'
)
_LONGEST = 44
"""Letters of a line above which a text wraps rather than widens its column."""
_MEASURED = 3
"""How many of the texts that are estimated as widest are measured: letters differ in width."""

_SHORT, _TIGHT = 0.99, 0.5
"""Shares of a word's width, and of one that had no room before, below which a column has none left for it."""

Piece = tuple[str, Any]
"""A text, and the style that it is measured in."""
Measure = Callable[[Sequence[Piece]], float]


@functools.lru_cache(maxsize=4096)
def is_number(word: str) -> bool:
    """Say whether a word that has no break in it is a number, with its sign, currency or unit."""
    return _NUMBER.fullmatch(word) is not None


def broken_number(text: str, place: int) -> bool:
    """Say whether a line that ends at `place` in `text` breaks a number."""
    if not 0 < place < len(text) or _SPACE.match(text[place]) or _SPACE.match(text[place - 1]):
        return False
    breaks = [*_SPACE.finditer(text), *_DASH.finditer(text)]
    first = max((each.end() for each in breaks if each.end() <= place), default=0)
    last = min((each.start() for each in breaks if each.start() >= place), default=len(text))
    return first < place < last and is_number(text[first:last])


def words(pieces: Iterable[Piece | None]) -> Iterator[list[Piece]]:
    """Yield what no line breaks, each as the pieces that it is made of; None between pieces is a break."""
    word: list[Piece] = []
    for piece in pieces:
        text, style = piece or (" ", None)
        for part, ends in _split(text):
            if part:
                word.append((part, style))
            if ends and word:
                yield word
                word = []
    if word:
        yield word


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, and whether a line may end behind each."""
    parts = _SPACE.split(text)
    for n, part in enumerate(parts):
        inner = _DASH.split(part)
        for m, each in enumerate(inner):
            yield each, n < len(parts) - 1 or m < len(inner) - 1


@dataclass(slots=True)
class _Widest:
    """The texts of a column that are estimated as widest, with what is around them in their cells."""

    texts: list[tuple[float, Sequence[Piece], float]] = field(default_factory=list)

    def offer(self, estimate: float, pieces: Sequence[Piece], around: float) -> None:
        if len(self.texts) < _MEASURED or estimate > self.texts[-1][0]:
            self.texts = sorted([*self.texts, (estimate, pieces, around)], key=lambda each: -each[0])[:_MEASURED]

    def measured(self, measure: Measure) -> float:
        return max((measure(pieces) + around for _, pieces, around in self.texts), default=0.0)


@dataclass(slots=True)
class Columns:
    """What stands in the columns of a table; `size` gives the height of a style's letters."""

    count: int
    size: Callable[[Any], float]
    numbers: dict[tuple[int, int], _Widest] = field(default_factory=dict)
    longest: dict[int, _Widest] = field(default_factory=dict)
    lines: dict[int, float] = field(default_factory=dict)

    def add(self, column: int, span: int, pieces: Iterable[Piece | None], around: float) -> None:
        """Add the text of a cell that spans columns; `around` are its paddings and borders."""
        line = 0.0
        for word in words(pieces):
            estimate = sum(_width(text) * self.size(style) for text, style in word)
            line += estimate + self.size(word[0][1]) * 0.25
            if is_number("".join(text for text, _ in word)):
                self.numbers.setdefault((column, span), _Widest()).offer(estimate + around, word, around)
            if span == 1:
                self.longest.setdefault(column, _Widest()).offer(estimate + around, word, around)
                line = min(line, _LONGEST * 0.5 * self.size(word[0][1]))
        if span == 1 and line:
            self.lines[column] = max(self.lines.get(column, 0.0), line + around)

    def settle(
        self, total: float, requested: Sequence[float | None], measure: Measure
    ) -> tuple[list[float], list[str]]:
        """Return the widths, which add up to `total`, and the numbers that leave others or words no room.

        `requested` are the widths of a template; a column without one has a share by its content.
        """
        numbers = [0.0] * self.count
        for (column, span), widest in sorted(self.numbers.items(), key=lambda each: each[0][1]):
            columns = range(column, min(column + span, self.count))
            lacking = widest.measured(measure) - sum(numbers[c] for c in columns)
            if lacking > 0:
                numbers = [width + lacking / len(columns) if c in columns else width for c, width in enumerate(numbers)]
        words = [self.longest[c].measured(measure) if c in self.longest else 0.0 for c in range(self.count)]
        wanted = self._wanted(total, requested, numbers, words)
        widths = _raised(total, wanted, numbers, words)
        cramped = any(
            width < _TIGHT * min(word, wish) or width < _SHORT * word <= _SHORT * wish
            for width, word, wish in zip(widths, words, wanted, strict=True)
        )
        return widths, self._widest(numbers, wanted) if cramped else []

    def _widest(self, numbers: list[float], wanted: list[float]) -> list[str]:
        """Return the widest number of each column that is wider than was asked for."""
        return [
            "".join(text for text, _ in widest.texts[0][1])
            for (column, span), widest in self.numbers.items()
            if any(numbers[c] > wanted[c] for c in range(column, min(column + span, self.count)))
        ]

    def _wanted(
        self, total: float, requested: Sequence[float | None], numbers: list[float], words: list[float]
    ) -> list[float]:
        """Give columns without a width the rest, as CSS 2.1, 17.5.2.2 does: their words first, then by their lines."""
        free = [c for c, width in enumerate(requested) if width is None]
        rest = max(0.0, total - sum(width for width in requested if width is not None))
        least = {c: max(words[c], numbers[c]) for c in free}
        most = {c: max(self.lines.get(c, 0.0), least[c]) for c in free}
        if sum(most.values()) <= rest:
            shares = _stretched(most, rest)
        elif sum(least.values()) <= rest:
            beyond = {c: most[c] - least[c] for c in free}
            over = (rest - sum(least.values())) / sum(beyond.values())
            shares = {c: least[c] + beyond[c] * over for c in free}
        else:
            shares = _stretched(least, rest)
        widths = [shares[c] if width is None else width for c, width in enumerate(requested)]
        whole = sum(widths)
        return [width * total / whole for width in widths] if whole else [total / self.count] * self.count


def _stretched(widths: dict[int, float], total: float) -> dict[int, float]:
    whole = sum(widths.values())
    return {c: width * total / whole if whole else total / len(widths) for c, width in widths.items()}


def _raised(total: float, wanted: list[float], numbers: list[float], words: list[float]) -> list[float]:
    """Widen columns to their numbers; the others give what their words do not need, and then what they must."""
    if all(width >= need for width, need in zip(wanted, numbers, strict=True)):
        return wanted
    if sum(numbers) >= total:
        return [need * total / sum(numbers) for need in numbers]
    widths = [max(width, need) for width, need in zip(wanted, numbers, strict=True)]
    for_words = [max(need, min(word, width)) for need, word, width in zip(numbers, words, wanted, strict=True)]
    for limits in (for_words, numbers):
        over = sum(widths) - total
        spare = [max(0.0, width - limit) for width, limit in zip(widths, limits, strict=True)]
        cut = min(over, sum(spare))
        if cut > 0:
            widths = [width - each * cut / sum(spare) for width, each in zip(widths, spare, strict=True)]
    return widths


_NARROW = frozenset(".,;:!'’|il()[]\u00a0\u202f")


@functools.lru_cache(maxsize=4096)
def _width(text: str) -> float:
    """Estimate the width of a text, in the size of its letters."""
    return sum(0.3 if letter in _NARROW else 0.7 if letter.isupper() else 0.58 for letter in text)
