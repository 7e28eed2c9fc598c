"""The families of fields: each finds its own, and writes answers into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from report.formats.ooxml import Element
from report.forms.answers.answer import Answer
from report.forms.fields import bookmarks, cells, content_controls, legacy_fields, placeholders
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import Family, WordField, clear_caches
from report.forms.word import text, text_boxes
from report.forms.word.form import Form

_FINDERS = (
    content_controls.find,
    legacy_fields.find,
    cells.find,
    bookmarks.find,
    placeholders.find_prompts,
    placeholders.find_tags,
)
"""In this order: what one has found, those after it leave alone."""
_FILLERS: Mapping[Family, Callable[[WordField, Answer, DataBindings], None]] = {
    "control": content_controls.fill,
    "legacy": legacy_fields.fill,
    "cell": cells.fill,
    "table": cells.fill,
    "bookmark": bookmarks.fill,
    "prompt": placeholders.fill_prompt,
}


def fill_field(field: WordField, answer: Answer, bindings: DataBindings) -> None:
    """Write an answer into a field that is no tag; raise `AnswerError` for what the field does not take."""
    _FILLERS[field.family](field, answer, bindings)


def find_fields(form: Form) -> list[WordField]:
    """Return every field of a form, by part, then as a reader meets them; names that come twice are numbered."""
    fields = [field for part in form.stories for field in _of_part(form, part)]
    counts: dict[str, int] = {}
    for field in fields:
        first = field.address
        while field.address in counts:
            counts[first] += 1
            field.name = f"{first.partition(':')[2]}#{counts[first]}"
        counts[field.address] = 1
    return fields


def _of_part(form: Form, part: str) -> list[WordField]:
    root = form.tree(part)
    clear_caches()
    order: dict[Element, int] = {}
    paragraphs: list[int] = []
    """The number of the paragraph that each element begins, is in or follows."""
    for index, element in enumerate(root.iter()):
        order[element] = index
        paragraphs.append((paragraphs[-1] if paragraphs else 0) + (element.tag == text.P))
    fields: list[WordField] = []
    for find in _FINDERS:
        for field in find(part, root, fields):
            inside = text.ancestor(field.element, text.P) is not None
            first = None if inside else next(field.element.iter(text.P), None)
            field.paragraph = paragraphs[order[field.element if first is None else first]]
            fields.append(field)
    clear_caches()
    shown = [field for field in fields if not text_boxes.inside(field.element)]
    return sorted(shown, key=lambda field: order[field.element])
