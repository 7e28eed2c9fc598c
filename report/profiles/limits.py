"""How long a text may be, and the longest variant of a passage that fits.

Characters are counted with spaces; words are runs of what is not space, as funders' portals count them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from report.model.base import Model
from report.model.passages import one_line
from report.model.text import FOREIGN, LENGTHS, Passage, Text

SOFT = 1.1
"""A soft limit may be passed by a tenth, with a warning."""


class Limit(Model):
    """How long a text may be."""

    characters: Annotated[int, Field(ge=1)] | None = None
    """At most so many characters, with spaces."""
    words: Annotated[int, Field(ge=1)] | None = None
    """At most so many words."""
    soft: bool = False
    """Whether a tenth more is only a warning; otherwise one character more is an error."""

    @model_validator(mode="after")
    def _one(self) -> Limit:
        if (self.characters is None) == (self.words is None):
            raise PydanticCustomError("limit.one", "a limit is either characters or words")
        return self

    @property
    def most(self) -> int:
        return self.characters or self.words or 0

    @property
    def unit(self) -> str:
        return "characters" if self.characters else "words"

    def count(self, text: str) -> int:
        """Return how long a text is, in this limit's unit."""
        return len(text.replace("\r\n", "\n")) if self.characters else len(text.split())


@dataclass(frozen=True, slots=True)
class Counter:
    """A text held against a limit: which variant was chosen, how much is used, how much may be."""

    text: str
    variant: str
    used: int
    limit: Limit | None

    @property
    def room(self) -> int | None:
        """Return how much is left; negative where the text is too long."""
        return None if self.limit is None else self.limit.most - self.used

    @property
    def fits(self) -> bool:
        return self.limit is None or self.used <= self.limit.most

    @property
    def tolerated(self) -> bool:
        """Say whether the text is within a soft limit's tenth."""
        return self.limit is not None and self.limit.soft and self.used <= math.floor(self.limit.most * SOFT + 1e-9)


def fit(told: Text | Passage | str, language: str, limit: Limit | None) -> Counter | None:
    """Choose the longest variant in `language` that fits; where none does, the shortest, which then does not fit.

    Marks of another language (``[Committee]{lang=en}``) are nothing that a reader sees: they are left out, and not counted.
    Return None where no variant is in the language.
    """
    variants = told.variants if isinstance(told, Passage) else {"full": told}
    found: Counter | None = None
    for name in reversed(LENGTHS):
        text = _in(variants.get(name), language)
        if text is None:
            continue
        counter = Counter(text, name, limit.count(text) if limit else len(text), limit)
        if counter.fits:
            return counter
        if found is None or counter.used < found.used:
            found = counter
    return found


def _in(text: Text | str | None, language: str) -> str | None:
    told = text.in_language(language) if isinstance(text, Text) else None
    if told is None or not isinstance(text, Text):
        return FOREIGN.sub(r"\1", text) if isinstance(text, str) else None
    return FOREIGN.sub(r"\1", one_line.in_lines(told.text) if text.marked else told.text)
