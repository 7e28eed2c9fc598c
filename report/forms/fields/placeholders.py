"""Placeholders that are text of the form: prompts (“Insert text”, a line of dots), and docxtpl's tags (``{{ organisation.name }}``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.formats.ooxml import Element
from report.forms.answers.answer import Answer
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import WordField, covered, nearby_text
from report.forms.word import text

_BRACKETED = (
    "insert|enter|type|add|fill in|name of|acronym|title of|text|date|number|address|amount|въведете|попълнете|впишете"
)
_PROMPT = re.compile(
    rf"\s*(insert (your |the )?(text|answer|name|here)\b.{{0,60}}|[\[<](?:{_BRACKETED})\b[^\[\]<>]{{0,200}}[\]>]"
    r"|click (or tap )?(here )?to (enter|add|choose).{0,60}|(въведете|попълнете|впишете) .{0,60}|[.…]{6,}|_{6,})\s*",
    re.IGNORECASE | re.DOTALL,
)
_VARIABLE = re.compile(r"\{\{-?\s*(?:(?:r|p|tc|tr)\s+)?([A-Za-z_][\w.]*(?:\[\d+\])*)[^{}]*\}\}", re.DOTALL)
"""A variable that is printed: as it stands, or as a run, paragraph, cell or row of docxtpl's (``{{r``, ``{{p`` …)."""
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def find_prompts(part: str, root: Element, earlier: Sequence[WordField]) -> Iterator[WordField]:
    """Yield the paragraphs that are nothing but a prompt and not part of an earlier field."""
    elements = {field.element for field in earlier}
    count = 0
    for paragraph in root.iter(text.P):
        prompt = text.of(paragraph)
        if (
            not _PROMPT.fullmatch(prompt)
            or covered(paragraph, elements)
            or any(e in elements for e in paragraph.iter())
        ):
            continue
        count += 1
        prompt = prompt.strip()
        yield WordField("prompt", str(count), "rich", part, nearby_text(paragraph) or prompt, paragraph, prompt)


def fill_prompt(field: WordField, answer: Answer, bindings: DataBindings) -> None:
    """Write an answer where the prompt stood, in its look but for the marks of a prompt; a line of it is a paragraph."""
    text.fill_paragraph(field.element, answer.text, text.answer_look(field.element))


def find_tags(part: str, root: Element, earlier: Sequence[WordField]) -> Iterator[WordField]:
    """Yield the variables that a part prints, each once, where it is first met; `report.forms.template` fills them."""
    seen: set[str] = set()
    for paragraph in root.iter(text.P):
        words = text.of(paragraph)
        for name in _VARIABLE.findall(words):
            if name not in seen:
                seen.add(name)
                near = " ".join(TAG.sub(" ", words).split())
                yield WordField("tag", name, "text", part, near[:160], paragraph)
