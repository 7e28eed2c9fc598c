"""The places of a form, by the way Word makes them: each module finds its own and writes into them."""

from __future__ import annotations

from collections.abc import Iterator

from report.formats.ooxml import Element
from report.forms.fields import bookmarks, cells, controls, legacy, prompts, tags
from report.forms.fields.field import Place, forget
from report.forms.word import text, text_boxes
from report.forms.word.package import Form

FAMILIES = (controls, legacy, cells, bookmarks, prompts, tags)


def find_fields(form: Form) -> list[Place]:
    """Return every place of a form, by part, then as a reader meets them; names that come twice are numbered."""
    found = [place for part in form.stories for place in _of(form, part)]
    seen: dict[str, int] = {}
    for place in found:
        first = place.address
        while place.address in seen:
            seen[first] += 1
            place.name = f"{first.partition(':')[2]}#{seen[first]}"
        seen[place.address] = 1
    return found


def _of(form: Form, part: str) -> list[Place]:
    root = form.tree(part)
    forget()
    order: dict[Element, int] = {}
    numbers: list[int] = []
    """The number of the paragraph that each element begins, is in or follows."""
    for index, element in enumerate(root.iter()):
        order[element] = index
        numbers.append((numbers[-1] if numbers else 0) + (element.tag == text.P))
    found: list[Place] = []

    def every() -> Iterator[Place]:
        for family in FAMILIES:
            yield from family.find(part, root, found)

    for place in every():
        first = next(place.element.iter(text.P), None) if not _inside(place.element) else None
        place.paragraph = numbers[order[place.element if first is None else first]]
        found.append(place)
    forget()
    seen = [place for place in found if not text_boxes.inside(place.element)]
    return sorted(seen, key=lambda place: order[place.element])


def _inside(element: Element) -> bool:
    return any(ancestor.tag == text.P for ancestor in element.iterancestors())
