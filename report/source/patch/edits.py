"""Which characters of a text a change replaces: several ways where there are several, the best one first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from report.source.patch import geometry, writing
from report.source.patch.address import Address, Step
from report.source.patch.data import Change, Insert, Move, Remove, Set, place_after


class Edit(NamedTuple):
    """Replace the characters from `start` to `end`."""

    start: int
    end: int
    text: str


Way = list[Edit]


def ways(text: str, root: yaml.Node, change: Change) -> Iterator[Way]:
    """Yield the ways to make a change that is no more than one value; raise `LookupError` where it does not fit the text."""
    if isinstance(change, Set):
        path = geometry.find(root, change.address[:-1])
        step = change.address[-1]
        pair = geometry.entry(path[-1], step) if isinstance(step, str) else None
        if isinstance(step, str) and pair is None:
            yield from _added(text, path, step, change)
        else:
            yield from _replaced(text, geometry.find(root, change.address), pair and pair[0], change.value)
    elif isinstance(change, Insert):
        yield from _inserted(text, geometry.find(root, change.address), change)
    elif isinstance(change, Move):
        path = geometry.find(root, change.address[:-1])
        yield _moved(text, path[-1], geometry.number(path[-1], change.address[-1]), change.after)
    else:
        path = geometry.find(root, change.address)
        if isinstance(path[-2], yaml.SequenceNode):
            yield from _item_removed(text, root, path, change.address)
        else:
            yield from _field_removed(text, root, path, change.address)


def _replaced(text: str, path: list[yaml.Node], name: yaml.ScalarNode | None, value: Any) -> Iterator[Way]:
    """Yield ways to write a value in place of another one."""
    node, in_flow = path[-1], geometry.is_in_flow(path)
    if text[node.start_mark.index : node.start_mark.index + 1] in ("!", "&"):
        raise LookupError("a tag (!) or an anchor (&) stands before the value, which would be lost")
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    start, end = node.start_mark.index, geometry.end(node, text)
    if name is not None:
        start = geometry.colon(name, text) + 1
    elif not in_flow:
        start = geometry.dash(path[-2], path[-2].value.index(node), text) + 1
    end = max(start, end)
    indent, column = _indent(text, path, name), start - geometry.line_start(text, start)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        yield from _block_kept(text, node, value, indent, end)
    for written in writing.behind_key(value, style, indent, column, in_flow):
        yield from _placed(text, start, end, node, written, in_flow)


def _placed(text: str, start: int, end: int, node: yaml.Node, written: str, in_flow: bool) -> Iterator[Way]:
    """Yield edits that write a value between two places; a comment in the line of its key stays there."""
    if in_flow:
        yield [Edit(start, end, written if text[start - 1 : start] == ":" else written.lstrip())]
        return
    head, mark, body = written.partition("\n")
    line = geometry.line_end(text, start)
    if not mark:
        gap = re.match(r"[ \t]*", text[start:])
        spaces = gap[0] if gap and gap[0] and node.start_mark.index - start == len(gap[0]) else " "
        yield [Edit(start, end, spaces + head[1:])]
        return
    if (
        end <= line or node.start_mark.index <= line
    ):  # the old value began in this line: a comment after it moves behind the head
        rest = text[end : geometry.line_end(text, end)]
        yield [Edit(start, geometry.line_end(text, end), head + (rest if "#" in rest else "") + mark + body)]
    else:  # it began below: what stands behind the key stays
        yield [Edit(line, end, (head + mark + body) if not text[start:line].strip() else mark + body)]


def _block_kept(text: str, node: yaml.ScalarNode, value: Any, indent: int, end: int) -> Iterator[Way]:
    """Yield ways to put a text into the block in which the old one is written, with its head and its margin."""
    if not isinstance(value, str) or not value:
        return
    first = geometry.next_line(text, node.start_mark.index)
    head = text[node.start_mark.index : first]
    margin = len(re.match(r" *", text[first:])[0]) if first < end else indent + 2  # type: ignore[index]
    if re.search(r"[|>][-+]?\d", head):
        return
    for written in writing.texts(value, node.style, margin - 2, 0, in_flow=False):
        sign, mark, body = written.partition("\n")
        if mark and sign[0] == node.style:
            yield [Edit(first, end, body)]


def _indent(text: str, path: list[yaml.Node], name: yaml.ScalarNode | None) -> int:
    """Return how far the field or the item is indented whose value is the last of a path."""
    if name is not None:
        return int(name.start_mark.column)
    return int(path[-2].start_mark.column) if len(path) > 1 else -2


def _added(text: str, path: list[yaml.Node], name: str, change: Set) -> Iterator[Way]:
    """Yield ways to add a field to a mapping."""
    node = path[-1]
    if not isinstance(node, yaml.MappingNode):
        raise LookupError("fields can only be added to a mapping")
    key = writing.key(name)
    if geometry.is_flow(node) or not node.value:
        if not node.value:
            inner = writing.flow({name: change.value})
            yield [Edit(node.start_mark.index, node.end_mark.index, inner)]
            return
        place = geometry.end(node.value[-1][1], text)
        place = max(place, node.value[-1][0].end_mark.index)
        for written in writing.behind_key(change.value, None, 0, 0, in_flow=True):
            yield [Edit(place, place, f", {key}:{written}")]
        return
    column = node.value[0][0].start_mark.column
    before = [pair for pair in node.value if _is_before(pair[0].value, name, change.order)]
    last = before[-1] if before else node.value[-1] if name not in change.order else None
    for written in writing.behind_key(change.value, None, column, column + len(key) + 1, in_flow=False):
        line = f"{' ' * column}{key}:{written}"
        if last is None and _begins_line(text, node.value[0][0]):
            start = geometry.line_start(text, node.value[0][0].start_mark.index)
            yield [Edit(start, start, line + "\n")]
        else:
            yield [_line_behind(text, (last or node.value[0]), line)]


def _is_before(name: str, new: str, order: Any) -> bool:
    return new in order and name in order and list(order).index(name) < list(order).index(new)


def _begins_line(text: str, node: yaml.Node) -> bool:
    start = node.start_mark.index
    return not text[geometry.line_start(text, start) : start].strip()


def _line_behind(text: str, pair: tuple[yaml.Node, yaml.Node], line: str) -> Edit:
    """Return the edit that puts lines behind a field."""
    end = geometry.line_end(text, max(geometry.end(pair[1], text), geometry.colon(pair[0], text) + 1))
    return Edit(end, end, "\n" + line)


def _inserted(text: str, path: list[yaml.Node], change: Insert) -> Iterator[Way]:
    """Yield ways to put an item into a list."""
    node = path[-1]
    if not isinstance(node, yaml.SequenceNode):
        raise LookupError("there is no list")
    place = place_after_node(node, change.after)
    if geometry.is_flow(node) or not node.value:
        item = writing.flow(change.value)
        if not node.value:
            yield [Edit(node.start_mark.index, node.end_mark.index, f"[{item}]")]
        elif place:
            at = geometry.end(node.value[place - 1], text)
            yield [Edit(at, at, f", {item}")]
        else:
            at = node.value[0].start_mark.index
            yield [Edit(at, at, f"{item}, ")]
        return
    item = writing.item(change.value, node.start_mark.column)
    if place == 0:
        start = geometry.line_start(text, geometry.dash(node, 0, text))
        yield [Edit(start, start, item + "\n")]
        return
    at = geometry.line_end(text, _item_end(node, place - 1, text))
    yield [Edit(at, at, "\n" * (1 + _are_apart(text, node)) + item)]


def place_after_node(node: yaml.SequenceNode, after: Step | None) -> int:
    """Return the number that an item behind another one gets."""
    if after is None or after == -1:
        return 0 if after is None else len(node.value)
    return geometry.number(node, after) + 1


def _item_end(node: yaml.Node, number: int, text: str) -> int:
    return max(geometry.end(node.value[number], text), geometry.dash(node, number, text) + 1)


def _are_apart(text: str, node: yaml.SequenceNode) -> bool:
    """Say whether an empty line stands between the last two items of a list."""
    if len(node.value) < 2:
        return False
    between = text[_item_end(node, len(node.value) - 2, text) : geometry.dash(node, len(node.value) - 1, text)]
    return bool(re.search(r"\n[ \t\r]*\n", between))


def _field_removed(text: str, root: yaml.Node, path: list[yaml.Node], address: Address) -> Iterator[Way]:
    """Yield ways to take a field away."""
    above = path[-2]
    pairs = above.value
    place = next(n for n, (name, _) in enumerate(pairs) if name.value == address[-1])
    name, value = pairs[place]
    end = max(geometry.end(value, text), name.end_mark.index)
    if len(pairs) == 1:
        yield from _emptied(text, root, path[:-1], address[:-1], {})
    elif geometry.is_flow(above):
        yield [
            _cut_from_flow(
                text, [(a.start_mark.index, max(geometry.end(b, text), a.end_mark.index)) for a, b in pairs], place
            )
        ]
    elif _begins_line(text, name):
        end = max(end, geometry.colon(name, text) + 1)
        yield [_cut_lines(text, geometry.line_start(text, name.start_mark.index), end)]
    else:  # behind the dash of an item: the next field takes its place
        following = pairs[1][0].start_mark.index
        between = text[end:following]
        yield [Edit(name.start_mark.index, following, "")]
        if "#" in between:
            yield [Edit(name.start_mark.index, geometry.next_line(text, end), "\n")]


def _item_removed(text: str, root: yaml.Node, path: list[yaml.Node], address: Address) -> Iterator[Way]:
    """Yield ways to take an item out of a list."""
    node = path[-2]
    place = geometry.number(node, address[-1])
    if len(node.value) == 1:
        yield from _emptied(text, root, path[:-1], address[:-1], [])
    elif geometry.is_flow(node):
        yield [_cut_from_flow(text, [(one.start_mark.index, geometry.end(one, text)) for one in node.value], place)]
    else:
        start = geometry.dash(node, place, text)
        end = _item_end(node, place, text)
        if text[geometry.line_start(text, start) : start].strip():  # behind another dash
            following = geometry.dash(node, place + 1, text)
            yield [Edit(start, following, "")]
        else:
            yield [_cut_lines(text, geometry.line_start(text, start), end)]


def _cut_lines(text: str, start: int, end: int) -> Edit:
    """Return the edit that cuts whole lines; where the text has no line end at its end, the one before them goes."""
    stop = geometry.next_line(text, end)
    if stop == len(text) and not text.endswith("\n") and start:
        start -= 2 if text[start - 2 : start] == "\r\n" else 1
    return Edit(start, stop, "")


def _cut_from_flow(text: str, spans: list[tuple[int, int]], place: int) -> Edit:
    """Return the edit that cuts a part out of braces or brackets, with a comma."""
    if place:
        return Edit(spans[place - 1][1], spans[place][1], "")
    return Edit(spans[0][0], spans[1][0], "")


def _emptied(text: str, root: yaml.Node, path: list[yaml.Node], address: Address, empty: Any) -> Iterator[Way]:
    """Yield ways to write that a list or a mapping is empty."""
    if not address:
        raise LookupError("the file would be empty")
    pair = geometry.entry(path[-2], address[-1]) if isinstance(address[-1], str) else None
    yield from _replaced(text, path, pair and pair[0], empty)


def _moved(text: str, node: yaml.Node, place: int, after: Step | None) -> Way:
    """Return the edit that puts an item of a list behind another one, or first, with the comments above it."""
    if not isinstance(node, yaml.SequenceNode):
        raise LookupError("there is no list")
    order = list(range(len(node.value)))
    order.remove(place)
    order.insert(0 if after is None else order.index(geometry.number(node, after)) + 1, place)
    if geometry.is_flow(node):
        spans = [(one.start_mark.index, geometry.end(one, text)) for one in node.value]
        return [Edit(*spans[at], text[slice(*spans[new])]) for at, new in enumerate(order)]
    ends = [geometry.next_line(text, _item_end(node, number, text)) for number in range(len(node.value))]
    first = geometry.line_start(text, geometry.dash(node, 0, text))
    while text[(above := geometry.line_start(text, first - 1)) : first].lstrip().startswith("#"):
        first = above
    parts = [text[start:end] for start, end in zip([first, *ends[:-1]], ends, strict=True)]
    gaps = [re.match(r"(?:[ \t]*\n)*", part)[0] for part in parts]  # type: ignore[index]
    items = [part[len(gap) :].removesuffix("\n") + "\n" for part, gap in zip(parts, gaps, strict=True)]
    whole = "".join(gap + items[number] for gap, number in zip(gaps, order, strict=True))
    return [Edit(first, ends[-1], whole if text[: ends[-1]].endswith("\n") else whole.removesuffix("\n"))]


def edited(text: str, way: Way) -> str:
    """Return a text with edits made, which do not overlap."""
    for start, end, new in sorted(way, reverse=True):
        text = text[:start] + new + text[end:]
    return text


__all__ = ["Edit", "Move", "Remove", "edited", "place_after", "ways"]
