"""Tags of a docxtpl template: ``{{ organisation.name }}`` and its kin. They are filled by `report.forms.template`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.formats.ooxml import Element
from report.forms.fields.field import Place
from report.forms.word import text

TAG = re.compile(r"\{\{-?\s*(?:(?:r|p|tc|tr)\s+)?([A-Za-z_][\w.]*(?:\[\d+\])*)[^{}]*\}\}", re.DOTALL)
"""A variable that is printed: as it stands, or as a run, paragraph, cell or row of docxtpl's (``{{r``, ``{{p`` …)."""
ANY = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def find(part: str, root: Element, known: Sequence[Place]) -> Iterator[Place]:
    """Yield the variables that a part prints, each once, where it is first met."""
    seen: set[str] = set()
    for number, paragraph in enumerate(root.iter(text.P), 1):
        said = text.of(paragraph)
        for name in TAG.findall(said):
            if name not in seen:
                seen.add(name)
                near = ANY.sub(" ", said).split()
                yield Place("tag", name, "text", part, number, " ".join(near)[:160], paragraph)
