"""What a document printed, and by which words a fact is found in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pydantic import BaseModel

from report.model.text import FOREIGN, Passage, Text

_LETTERS = 60
"""Letters of a text by which it is known."""
_WORD = re.compile(r"[^\W_]+")
_ADDRESSES = re.compile(r"(?<=\])\([^()\s]*\)")
"""The addresses of links in Markdown."""


class Excerpt(NamedTuple):
    """The first words of a text, and the text's identity."""

    words: str
    text_id: int


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document printed: its words, its pictures, and whether it prints a selection of the facts by design or by request."""

    words: str
    pictures: Collection[str]
    is_selection: bool
    text_ids: Set[int] | None = None
    """The identities of the texts that were written, where that is known: words may stand there for another fact."""

    @classmethod
    def of(
        cls, root: ET.Element, pictures: Collection[str], is_selection: bool, text_ids: Set[int] | None = None
    ) -> Printed:
        """Return what stands in a composed document."""
        return cls(_words(" ".join(root.itertext())), pictures, is_selection, text_ids)

    def has(self, excerpt: Excerpt) -> bool:
        """Say whether a text is there."""
        return excerpt.words in self.words and (self.text_ids is None or excerpt.text_id in self.text_ids)


def excerpts(*texts: Text | Passage | None, language: str, fallback: str | None) -> tuple[Excerpt, ...]:
    """Return the beginnings of texts in the document's language, or in the one that stands in."""
    variants = [
        one for text in texts if text for one in (text.variants.values() if isinstance(text, Passage) else [text])
    ]
    return tuple(
        Excerpt(_beginning(translation.text), id(variant))
        for variant in variants
        if (translation := variant.in_language(language, fallback))
    )


def texts_of(record: BaseModel) -> Iterator[Text | Passage]:
    """Yield the texts of a fact: it is printed where one of them is."""
    for name in type(record).model_fields:
        if isinstance(value := getattr(record, name), Text | Passage):
            yield value


def _beginning(text: str) -> str:
    words = _words(text)
    return words if len(words) <= _LETTERS else words[: words.rindex(" ", 0, _LETTERS) + 1]


def _words(text: str) -> str:
    """Return the words of a text without its signs and marks, one blank before and after each."""
    plain = _ADDRESSES.sub("", FOREIGN.sub(r"\1", text)).casefold()
    return f" {' '.join(_WORD.findall(plain))} "
