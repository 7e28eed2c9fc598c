"""The places of a form, by the way Word makes them: each module finds its own and writes into them."""

from __future__ import annotations

from collections.abc import Iterator

from report.forms.package import Form
from report.forms.place import Place
from report.forms.places import bookmarks, cells, controls, legacy, prompts, tags

FAMILIES = (controls, legacy, cells, bookmarks, prompts, tags)


def find(form: Form) -> list[Place]:
    """Return every place of a form, by part, then as a reader meets them; names that come twice are numbered."""
    found = [place for part in form.stories for place in _of(form, part)]
    seen: dict[str, int] = {}
    for place in found:
        seen[place.address] = seen.get(place.address, 0) + 1
        if seen[place.address] > 1:
            place.name = f"{place.name}#{seen[place.address]}"
    return found


def _of(form: Form, part: str) -> list[Place]:
    root = form.tree(part)
    order = {element: number for number, element in enumerate(root.iter())}
    found: list[Place] = []

    def every() -> Iterator[Place]:
        for family in FAMILIES:
            yield from family.find(part, root, found)

    for place in every():
        found.append(place)
    return sorted(found, key=lambda place: order[place.element])
