"""Which facts a document prints, in which order, and in which of its sections."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from report.compose.checks.draft import Draft
from report.model.dossier import Dossier
from report.model.walk import Steps, records, values

_BLOCK = re.compile(r"</?(?:p|li|ol|ul|div|blockquote|br|h[1-6])\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the facts: the data file's name and the steps to the value."""

    file: str
    steps: Steps


@dataclass(frozen=True, slots=True)
class Trace:
    """What a document printed: `log` has the identity of each value of the facts and its HTML, in the order in which they were written.

    `sections` has the words of each section, in the document's order.
    """

    dossier: Dossier
    log: tuple[tuple[int, str], ...]
    sections: Mapping[str, str]

    @classmethod
    def of(cls, draft: Draft) -> Trace:
        """Return what a draft prints."""
        return cls(draft.dossier, tuple(draft.writer.log), dict(_sections(draft)))

    def printed(self) -> list[tuple[Field, tuple[str, ...]]]:
        """Return each value that was printed, in order, with its words: those of a paragraph or an item of a list are one text."""
        wanted = {identity for identity, _ in self.log}
        fields: dict[int, Field] = {}
        for file, steps, record in records(self.dossier):
            for inner, value in values(record, steps):
                if id(value) in wanted:
                    fields.setdefault(id(value), Field(file, inner))
        return [
            (fields[identity], words) for identity, text in self.log if identity in fields and (words := _words(text))
        ]


def _words(text: str) -> tuple[str, ...]:
    """Return the words of HTML, block by block."""
    blocks = (" ".join(html.unescape(_TAG.sub("", block)).split()) for block in _BLOCK.split(text))
    return tuple(block for block in blocks if block)


def _sections(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the name of each section and its words."""
    parents: dict[ET.Element, ET.Element] = {child: one for one in draft.root.iter() for child in one}
    found: dict[str, list[str]] = {}
    for element, template in draft.origins.items():
        if draft.origins.get(parents.get(element, element)) != template or element not in parents:
            found.setdefault(template.name.partition(".")[0], []).append(" ".join("".join(element.itertext()).split()))
    yield from ((name, " ".join(texts)) for name, texts in found.items())
