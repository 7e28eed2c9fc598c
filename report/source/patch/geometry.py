"""Where the values of a YAML text stand: their spans, lines and dashes, and the comments between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from report.source.patch.address import Address, ById, Step

_COMMENT = re.compile(r"(?:(?<=[\s,\[\]{}])|(?<![^\n]))#[^\n]*")


def end(node: yaml.Node, text: str) -> int:
    """Return where a value ends: behind its last character, without comments and empty lines after it."""
    if isinstance(node, yaml.ScalarNode):
        start, stop = node.start_mark.index, node.end_mark.index
        return start + len(text[start:stop].rstrip()) if node.style in ("|", ">") else stop
    if is_flow(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    if isinstance(node, yaml.SequenceNode):
        return max(end(last, text), dash(node, len(node.value) - 1, text) + 1)
    return max(end(last[1], text), colon(last[0], text) + 1)


def colon(name: yaml.Node, text: str) -> int:
    """Return where the colon behind a key stands."""
    return text.index(":", name.end_mark.index)


def dash(node: yaml.Node, number: int, text: str) -> int:
    """Return where the dash of an item stands in a list that has lines of its own."""
    start = node.value[number].start_mark.index
    while start > 0:
        begin = line_start(text, start)
        at = begin + node.start_mark.column
        if text[at : at + 1] == "-":
            return at
        start = begin - 1
    raise LookupError("the item has no dash")


def line_start(text: str, place: int) -> int:
    """Return where the line of a place begins."""
    return text.rfind("\n", 0, place) + 1


def line_end(text: str, place: int) -> int:
    """Return where the line of a place ends, before its line end."""
    found = text.find("\n", place)
    found = len(text) if found < 0 else found
    return found - 1 if text[found - 1 : found] == "\r" and found > place else found


def next_line(text: str, place: int) -> int:
    """Return where the line after that of a place begins."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1


def is_in_flow(path: list[yaml.Node]) -> bool:
    """Say whether a value is inside braces or brackets."""
    return any(map(is_flow, path[:-1]))


def is_flow(node: yaml.Node) -> bool:
    """Say whether a value is written with braces or brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def find(node: yaml.Node, address: Address) -> list[yaml.Node]:
    """Return the nodes on the way to a value, the value's own the last; raise `LookupError` where there is none."""
    path = [node]
    for step in address:
        if isinstance(step, str):
            pair = entry(path[-1], step)
            if pair is None:
                raise LookupError(f"there is no field '{step}'")
            before, node = pair
            is_alias = node.start_mark.index < before.end_mark.index
        else:
            place = number(path[-1], step)
            node = path[-1].value[place]
            is_alias = node in path[-1].value[:place] or node.start_mark.index < path[-1].start_mark.index
        if is_alias:
            raise LookupError("an alias (*) stands there")
        path.append(node)
    return path


def entry(node: yaml.Node, name: str) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    """Return the key and the value of a field."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == name:
                return key, value
    return None


def number(node: yaml.Node, step: Step) -> int:
    """Return the number of an item of a list; raise `LookupError` where there is none."""
    if isinstance(node, yaml.SequenceNode):
        for place, one in enumerate(node.value):
            if isinstance(step, ById):
                pair = entry(one, "id")
                if pair and pair[1].value == step.id:
                    return place
            elif place == step:
                return place
    raise LookupError("there is no such item")


def comments(node: yaml.Node | None, text: str) -> list[str]:
    """Return the comments of a text, in their order."""
    found: list[str] = []
    before = 0
    for start, stop in [*_scalars(node, text), (len(text), len(text))] if node else [(len(text), len(text))]:
        found += (one[0].rstrip() for one in _COMMENT.finditer(text, before, start))
        before = stop
    return found


def _scalars(node: yaml.Node, text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the scalars of a value, in their order; of a block the header's comment is outside."""
    seen: set[int] = set()
    stack = [node]
    spans = []
    while stack:
        one = stack.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, yaml.ScalarNode):
            start, stop = one.start_mark.index, end(one, text)
            if one.style in ("|", ">"):
                start = min(next_line(text, start), stop)
            spans.append((start, stop))
        elif isinstance(one, yaml.MappingNode):
            stack += [part for pair in one.value for part in pair]
        else:
            stack += one.value
    return iter(sorted(spans))
