"""A change is made in the first way that is proved: the new text holds the old facts with this one change, and every comment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from report.source.patch import data, edits, geometry, writing
from report.source.patch.address import Address, ById, Step, write_address
from report.source.patch.data import Change, Insert, Move, Remove, Set, value_at
from report.source.sourcefile import SourceFile
from report.source.yamlfile import parse
from report.values import Location, ReportError


def patched(path: Path, text: str, change: Change) -> str:
    """Return the text of a data file with one change; `path` names it in problems, and nothing is read or written.

    Raise `ReportError` where the file cannot be read, where there is nothing at the address, and where the change cannot be made without
    changing more: its reason is told, and the hint says what to do by hand.
    """
    before = _File.of(path, text)
    try:
        expected = data.applied(before.data, change)
    except LookupError as error:
        raise _refusal(before, change.address, "patch.address", f"{write_address(change.address)}: {error}") from None
    for step in _steps(before.data, change):
        before = _made(before, step)
    if before.data != expected:
        raise _refusal(before, change.address, "patch.unproved", "the change could not be made alone")
    return before.whole


class _File(NamedTuple):
    """A text with line ends as programs write them, its values, and what was taken off it: its mark and its line ends."""

    path: Path
    text: str
    node: yaml.Node | None
    data: Any
    problems: Counter[str]
    mark: str = ""
    line_end: str = "\n"

    @classmethod
    def of(cls, path: Path, text: str) -> _File:
        """Read a text; raise `ReportError` where it is not YAML, or is read with corrections."""
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        line_end = "\r\n" if "\r\n" in text else "\n"
        plain = text.removeprefix(mark)
        if line_end == "\r\n" and plain.count("\r\n") != plain.count("\n"):
            message, hint = "some lines end with CR LF, others with LF", "save the file with one kind of line ends"
            raise ReportError.of("patch.lines", message, Location(path), hint)
        return cls._parsed(path, plain.replace("\r\n", "\n"), mark, line_end)

    @classmethod
    def _parsed(cls, path: Path, text: str, mark: str, line_end: str) -> _File:
        if not _content(text):
            return cls(path, text, None, None, Counter(), mark, line_end)
        file = parse(path, text)
        if file.text != text:
            hint = "see  report check , and replace the characters that it names"
            raise ReportError.of("patch.spaces", "the file has spaces or line ends that are none", Location(path), hint)
        _require_plain(file)
        return cls(path, text, file.node, file.data, Counter(p.code for p in file.problems), mark, line_end)

    def again(self, text: str) -> _File:
        """Read another text of the same file."""
        return self._parsed(self.path, text, self.mark, self.line_end)

    @property
    def whole(self) -> str:
        """Return the text as it is to be saved."""
        return self.mark + self.text.replace("\n", self.line_end)


def _content(text: str) -> bool:
    return any(
        line.strip() and not line.lstrip().startswith("#") and line.strip() != "---" for line in text.split("\n")
    )


def _require_plain(file: SourceFile) -> None:
    """Raise `ReportError` where fields are written twice: it is not known which one counts."""
    for problem in file.problems:
        if problem.code in ("yaml.duplicate", "yaml.merge", "yaml.key", "yaml.comma"):
            raise ReportError([problem])


def _steps(values: Any, change: Change) -> Iterator[Change]:
    """Yield the changes of single values that a change is made of."""
    if isinstance(change, Set):
        yield from _differences(value_at(values, change.address), data.tidy(change.value), change.address, change.order)
    elif isinstance(change, Insert):
        yield Insert(change.address, data.tidy(change.value), change.after)
    else:
        yield change


def _differences(old: Any, new: Any, address: Address, order: Any = ()) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        for name in [name for name in new if name not in old]:
            yield Set((*address, name), new[name], order or tuple(new))
        for name in [name for name in new if name in old and name != "id"]:
            yield from _differences(old[name], new[name], (*address, name))
        yield from (Remove((*address, name)) for name in old if name not in new and name != "id")
        if "id" in old and "id" in new:  # last, since the address has it
            yield from _differences(old["id"], new["id"], (*address, "id"))
        elif "id" in old:
            yield Remove((*address, "id"))
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _list_differences(old, new, address)
    else:
        yield Set(address, new, order)


def _list_differences(old: list[Any], new: list[Any], address: Address) -> Iterator[Change]:
    if ids(old) and ids(new):
        before, after = {one["id"]: one for one in old}, {one["id"]: one for one in new}
        kept = [id_ for id_ in before if id_ in after]
        for id_ in [id_ for id_ in after if id_ in before]:
            yield from _differences(before[id_], after[id_], (*address, ById(id_)))
        yield from reordered(kept, [id_ for id_ in after if id_ in before], address)
        last: Step | None = None
        for id_, one in after.items():
            if id_ not in before:
                yield Insert(address, one, last)
            last = ById(id_)
        yield from (Remove((*address, ById(id_))) for id_ in before if id_ not in after)
        return
    begin = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = 0
    while end < min(len(old), len(new)) - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    changed = min(len(old), len(new)) - begin - end
    for place in range(begin, begin + changed):
        yield from _differences(old[place], new[place], (*address, place))
    for place in range(begin + changed, len(new) - end):
        yield Insert(address, new[place], place - 1 if place else None)
    for place in reversed(range(begin + changed, len(old) - end)):
        yield Remove((*address, place))


def reordered(old: list[str], new: list[str], address: Address) -> Iterator[Move]:
    """Yield the moves that bring the items of a list into another order."""
    order = list(old)
    for place, id_ in enumerate(new):
        if order[place] != id_:
            order.remove(id_)
            order.insert(place, id_)
            yield Move((*address, ById(id_)), ById(new[place - 1]) if place else None)


def ids(items: list[Any]) -> bool:
    """Say whether every item of a list is a record with an id of its own."""
    found = [one.get("id") for one in items if isinstance(one, dict)]
    return len(found) == len(items) and all(isinstance(one, str) for one in found) and len(set(found)) == len(found)


def _made(before: _File, change: Change) -> _File:
    """Return the file with a change of one value, made in the first way that is proved."""
    expected = data.applied(before.data, change)
    if before.node is None:
        gap = "" if not before.text or before.text.endswith("\n") else "\n"
        new = before.text + gap + "\n".join(writing.lines(expected, 0)) + "\n"
        return _proved(before, new, expected, change) or _refuse(before, change, "")
    why = ""
    try:
        for way in edits.ways(before.text, before.node, change):
            new = edits.edited(before.text, way)
            try:
                if made := _proved(before, new, expected, change):
                    return made
                why = why or "comments would be lost" * _loses_comments(before, new)
            except (ReportError, yaml.YAMLError):
                continue
    except (LookupError, ValueError) as error:
        why = str(error)
    return _refuse(before, change, why)


def _proved(before: _File, text: str, expected: Any, change: Change) -> _File | None:
    """Return the new file if it holds what is expected, and every comment, and nothing that is told as a problem."""
    after = before.again(text)
    if after.data != expected or after.problems - before.problems:
        return None
    removing = isinstance(change, Remove) and change.with_comments
    return None if not removing and _loses_comments(before, text) else after


def _loses_comments(before: _File, text: str) -> bool:
    after = before.again(text)
    kept = Counter(geometry.comments(after.node, after.text))
    return bool(Counter(geometry.comments(before.node, before.text)) - kept)


def _refuse(before: _File, change: Change, why: str) -> _File:
    if why.startswith("a tag"):
        raise _refusal(before, change.address, "patch.tag", why)
    if _has_anchors(before.text):
        raise _refusal(before, change.address, "patch.anchor", "the file uses anchors (&) and aliases (*)")
    if why == "comments would be lost":
        raise _refusal(before, change.address, "patch.comments", "there are comments inside, which would be lost")
    raise _refusal(before, change.address, "patch.unproved", f"the change cannot be made alone{': ' * bool(why)}{why}")


def _has_anchors(text: str) -> bool:
    try:
        return any(isinstance(one, yaml.AliasEvent) or getattr(one, "anchor", None) for one in yaml.parse(text))
    except yaml.YAMLError:
        return False


def _refusal(file: _File, address: Address, code: str, message: str) -> ReportError:
    """Return why a change is refused, at the place of the value or the nearest that encloses it."""
    steps: list[str | int] = []
    values = file.data
    for step in address:
        place = step if isinstance(step, str) else data.position(values, step)
        if (
            place is None
            or not isinstance(values, dict | list)
            or (isinstance(place, str) and isinstance(values, list))
        ):
            break
        steps.append(place)
        values = value_at(values, (step,))
    source = SourceFile(file.path, file.text, file.node, file.data) if file.node else None
    where = source.locate(steps) if source else Location(file.path)
    return ReportError.of(code, message, where, "change this place in a text editor")
