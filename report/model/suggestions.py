"""Which word is meant: the one most like what was written."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

LONGEST = 200
"""Most letters of a word that others are compared with: a longer one is no slip of the pen."""
Known = frozenset[str] | tuple[str, ...]
"""The words that exist; of very many a frozenset, whose hash is computed once."""
MOST_COMPARED = 20_000
"""Words that a `Hinter` compares before it gives up: for slips among forty words, five hundred of them."""


def nearest(word: str, known: Iterable[str], else_say: str | None = "available:") -> str | None:
    """Return a hint: the known word most like `word`, or what there is. Of many words, a `Hinter` does so."""
    options = sorted(set(known))
    closest = _closest(word, options) or (_closest(word.lower(), options) if word != word.lower() else None)
    return f"did you mean '{closest}'?" if closest else _listed(options, else_say)


def _closest(word: str, options: Sequence[str]) -> str | None:
    """Return the first of `difflib.get_close_matches`, without computing how like it the others are."""
    matcher = difflib.SequenceMatcher(b=word)
    best = 0.6, ""
    for option in options if len(word) <= LONGEST else ():
        matcher.set_seq1(option)
        if matcher.real_quick_ratio() >= best[0] and matcher.quick_ratio() >= best[0]:
            best = max(best, (matcher.ratio(), option))
    return best[1] or None


def _listed(options: Sequence[str], else_say: str | None) -> str | None:
    return f"{else_say} {', '.join(options[:20])}" if options and else_say else None


class Hinter:
    """Gives hints for many mistakes, as `nearest` does for one: which word is meant, for as long as looking for it takes little time."""

    def __init__(self, most: int = MOST_COMPARED):
        self._left = most
        self._sorted: dict[Known, list[str]] = {}

    def nearest(self, word: str, known: Known, else_say: str | None = "available:") -> str | None:
        """Return a hint as `nearest` does; once too many words were compared, what there is."""
        options = self._sorted.setdefault(known, [])
        if not options:
            options += sorted(set(known))
        if self._left < len(options):
            return _listed(options, else_say)
        self._left -= len(options)
        return nearest(word, options, else_say)
