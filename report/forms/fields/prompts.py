"""Paragraphs that ask for an answer in words: “Insert text”, “[insert the project's acronym]”, a line of dots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.formats.ooxml import Element
from report.forms.answers.answer import Answer
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import Place, covered, nearest
from report.forms.word import text

_ASKED = (
    "insert|enter|type|add|fill in|name of|acronym|title of|text|date|number|address|amount|въведете|попълнете|впишете"
)
PROMPT = re.compile(
    rf"\s*(insert (your |the )?(text|answer|name|here)\b.{{0,60}}|[\[<](?:{_ASKED})\b[^\[\]<>]{{0,200}}[\]>]"
    r"|click (or tap )?(here )?to (enter|add|choose).{0,60}|(въведете|попълнете|впишете) .{0,60}|[.…]{6,}|_{6,})\s*",
    re.IGNORECASE | re.DOTALL,
)


def find(part: str, root: Element, known: Sequence[Place]) -> Iterator[Place]:
    """Yield the paragraphs that are nothing but a prompt and not part of a place that was found before."""
    taken = {place.element for place in known}
    count = 0
    for number, paragraph in enumerate(root.iter(text.P), 1):
        if not PROMPT.fullmatch(text.of(paragraph)):
            continue
        if covered(paragraph, taken) or any(e in taken for e in paragraph.iter()):
            continue
        count += 1
        said = text.of(paragraph).strip()
        yield Place("prompt", str(count), "rich", part, number, nearest(paragraph) or said, paragraph, said)


def fill(place: Place, answer: Answer, bindings: DataBindings) -> None:
    """Write an answer where the prompt stood, in its look but for the marks of a prompt; a line of it is a paragraph."""
    text.fill_paragraph(place.element, answer.text, text.answer_look(place.element))
