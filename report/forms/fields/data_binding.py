"""Data binding of content controls (ECMA-376 17.5.2.6): the XML part that a control stores its value in.

Word shows what is stored, other readers show the text in the document: both are written.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import count
from typing import Any

from lxml import etree

from report.formats.ooxml import Element, q
from report.forms.answers.answer import AnswerError
from report.forms.word import text
from report.forms.word.form import Form

_PREFIX = re.compile(r"""xmlns:([\w.-]+)=(?:'([^']*)'|"([^"]*)")""")
_INDEX = re.compile(r"^\[\d+\]")
_PROPERTIES = {"{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docProps/core.xml",
               "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "docProps/app.xml"}  # fmt: skip
"""The store ids of the properties that every Word file has (MS-DOCX 2.2.5)."""
_LEAF = re.compile(r"/(?:[\w.-]+:)?([\w.-]+)(?:\[1\])?/(?:([\w.-]+):)?([\w.-]+)(?:\[1\])?")
"""The way to a property: the root, and one element in it."""
_BINDINGS = (q("w:dataBinding"), q("w15:dataBinding"))
Key = tuple[str, str]
"""The store that a control is bound to, and the way to its value there."""


class DataBindings:
    """The bound controls of a form, by what they are bound to."""

    def __init__(self, form: Form):
        self._form = form
        self._stores = dict(_stores(form))
        self._numbers: dict[Element, Iterator[int]] = {}
        self._answers: dict[Key, str] = {}
        """What was written to each element of the data."""

    def store(self, properties: Element | None, value: str) -> None:
        """Write a value where a control's binding says; a binding that leads nowhere is the form's own slip."""
        for part, node in self._nodes(properties):
            if isinstance(node, etree._Element):
                del node[:]
                node.text = value
            else:  # an attribute
                node.getparent().set(node.attrname, value)
            self._form.changed.add(part)

    def bound_alike(self, control: Element, answer: str) -> Iterator[Element]:
        """Yield the other controls that are bound to the same data: Word fills them together.

        There are none once the same answer was written there; raise `AnswerError` where another was.
        """
        key = _key(control.find(text.SDT_PR))
        if key is None or self._answers.get(key) == answer:
            return
        if key in self._answers:
            message = "another field is bound to the same data, and has another answer"
            raise AnswerError(message, "give both the same answer, or leave one of them out of the map")
        self._answers[key] = answer
        for part, other in self._bound.get(key, ()):
            if other is not control and other.getroottree().getroot() is self._form.tree(part):
                self._form.changed.add(part)
                yield other

    @cached_property
    def _bound(self) -> dict[Key, list[tuple[str, Element]]]:
        """Return the controls of all parts by what they are bound to."""
        bound: dict[Key, list[tuple[str, Element]]] = {}
        for part in self._form.stories:
            _collect(part, self._form.tree(part), bound)
        return bound

    def fresh_numbers(self, element: Element) -> Iterator[int]:
        """Return numbers that no control of an element's part has; one is a signed number of 32 bits (17.5.2.18)."""
        root = element.getroottree().getroot()
        if root not in self._numbers:
            ids = (e for e in root.iter(q("w:id")) if text.parent_of(e).tag == text.SDT_PR)
            used = {text.number(e, 0) for e in ids}
            numbers = (number % 2_000_000_000 + 1 for number in count(max(used, default=0)))
            self._numbers[root] = (number for number in numbers if number not in used)
        return self._numbers[root]

    def repeat(self, item: Element, times: int) -> None:
        """Let the stored record that a repeating section's first item is bound to stand so many `times`."""
        section = text.ancestor(item, text.SDT)
        for part, node in self._nodes(section.find(text.SDT_PR)) if section is not None else ():
            if isinstance(node, etree._Element):
                text.remove(node.itersiblings(node.tag))
                for _ in range(times - 1):
                    node.addnext(copy.deepcopy(node))
                self._form.changed.add(part)

    def point(self, item: Element, number: int) -> None:
        """Bind the controls of a copied item to the record of that number."""
        section = text.ancestor(item, text.SDT)
        bound = _binding(section.find(text.SDT_PR)) if section is not None else None
        if bound is not None:
            stem = re.sub(r"\[\d+\]$", "", bound.get(q("w:xpath"), ""))
            for binding in item.iter(*_BINDINGS):
                path = binding.get(q("w:xpath"), "")
                if path.startswith((f"{stem}[", f"{stem}/")) or path == stem:
                    rest = _INDEX.sub("", path[len(stem) :])
                    binding.set(q("w:xpath"), f"{stem}[{number}]{rest}")
        if "_bound" in self.__dict__:  # the controls of the copy are found by what they are bound to, too
            root = item.getroottree().getroot()
            part = next(name for name, tree in self._form.trees.items() if tree is root)
            _collect(part, item, self._bound)

    def _nodes(self, properties: Element | None) -> Iterator[tuple[str, Any]]:
        """Yield the element or the attribute, with its part, that a control is bound to, if it leads to one."""
        binding = _binding(properties)
        if binding is None:
            return
        prefixes = {m[1]: m[2] or m[3] for m in _PREFIX.finditer(binding.get(q("w:prefixMappings"), ""))}
        wanted = binding.get(q("w:storeItemID"), "").upper()
        for store, part in self._stores.items():
            if wanted and store != wanted:
                continue
            try:
                nodes = self._form.tree(part).getroottree().xpath(binding.get(q("w:xpath"), "."), namespaces=prefixes)
            except (etree.XPathError, ValueError, TypeError):
                continue
            if nodes == [] and part in _PROPERTIES.values():
                nodes = self._new_property(part, binding.get(q("w:xpath"), ""), prefixes)
            if isinstance(nodes, list) and nodes and _can_be_stored(nodes[0]):
                yield part, nodes[0]
                return

    def _new_property(self, part: str, path: str, prefixes: Mapping[str, str]) -> list[Element]:
        """Return a property that the file does not have yet, as Word adds it when its control is filled."""
        root = self._form.tree(part)
        step = _LEAF.fullmatch(path)
        if step is None or etree.QName(root).localname != step[1] or (step[2] and step[2] not in prefixes):
            return []
        return [etree.SubElement(root, f"{{{prefixes[step[2]]}}}{step[3]}" if step[2] else step[3])]


def _can_be_stored(node: object) -> bool:
    """Say whether a value can be written there: to an element or an attribute; not to a text, a comment or a namespace."""
    if isinstance(node, etree._Element):
        return isinstance(node.tag, str)
    return bool(getattr(node, "is_attribute", False)) and getattr(node, "attrname", None) is not None


def _binding(properties: Element | None) -> Element | None:
    return next(properties.iterchildren(*_BINDINGS), None) if properties is not None else None


def _key(properties: Element | None) -> Key | None:
    binding = _binding(properties)
    return (binding.get(q("w:storeItemID"), "").upper(), binding.get(q("w:xpath"), "")) if binding is not None else None


def _collect(part: str, element: Element, bound: dict[Key, list[tuple[str, Element]]]) -> None:
    """Add the controls in an element to those that are `bound`, by what they are bound to."""
    for control in element.iter(text.SDT):
        if (key := _key(control.find(text.SDT_PR))) is not None:
            bound.setdefault(key, []).append((part, control))


def _stores(form: Form) -> Iterator[tuple[str, str]]:
    for name in form.parts:
        if re.fullmatch(r"customXml/itemProps\d+\.xml", name):
            item = name.replace("itemProps", "item")
            if item in form.parts:
                yield form.tree(name).get(q("ds:itemID"), "").upper(), item
    for store, part in _PROPERTIES.items():
        if part in form.parts:
            yield store, part
