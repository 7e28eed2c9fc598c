"""Changes by chance in every data file of the repository: nothing but the value is another, and every comment is there."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from report.source import read
from report.source.patch import Address, ById, Change, Insert, Move, Remove, Set, geometry, patched, value_at
from report.source.patch.address import by_ids
from report.source.patch.data import applied
from report.source.yamlfile import parse
from report.values import ReportError

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted(
    path
    for folder in ("data", "tests/data", "tests/golden/data", "tests/invented/data")
    for path in (ROOT / folder).rglob("*.yaml")
)
TEXTS = (
    "word", "two words", "no", "2024", "2013-04-05", "12:30", "~", "null", "- dash", "a: b", "a #b", "# c", "[x", "{y}", "'", '"', "\\", "&a", "*a",
    "!t", "%", "@", "`", "|", ">", "?", "ends:", "Български текст", "“quoted”", "tab\tinside", "emoji 🙂", "עברית", "a, b", "{en: x}", "=", "<<",
    "long " * 40, "очень " * 60, "line one\nline two", "para\n\npara", "- item\n- item", "  two\n   three", "line\n\n\nthree", "x" * 200, "a\n# b", "0x1F",
)  # fmt: skip
PARTS, ALL = 10, 10_000


def places(data: Any, steps: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the steps to every value of a file."""
    found = [steps] if steps else []
    for step, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        found += places(value, (*steps, step))
    return found


def a_value(chance: random.Random) -> Any:
    text = chance.choice(TEXTS)
    return chance.choice(
        [
            text,
            text,
            text,
            {"en": text, "bg": chance.choice(TEXTS)},
            [text, chance.choice(TEXTS)],
            {"id": "new", "a": {"en": text}},
        ]
    )


def a_change(chance: random.Random, data: Any, address: Address) -> Change:
    value, last = value_at(data, address), address[-1]
    kind = chance.choice(["set", "set", "set", "remove", "add", "insert", "move"])
    if kind == "remove":
        return Remove(address, with_comments=chance.random() < 0.7)
    if kind == "add" and isinstance(value, dict):
        return Set(
            (*address, chance.choice(["new", "ключ", "a b", "no", "x-y", "1"])),
            a_value(chance),
            tuple(value)[: chance.randrange(3)],
        )
    if kind == "insert" and isinstance(value, list):
        return Insert(address, a_value(chance), chance.choice([None, -1]))
    if kind == "move" and not isinstance(last, str):
        items = value_at(data, address[:-1])
        others = [by_ids(items, (n,))[0] for n in range(len(items)) if value_at(items, (last,)) is not items[n]]
        return Move(address, chance.choice([None, *others]))
    return Set(address, a_value(chance))


def held(path: Path, text: str, change: Change) -> bool:
    """Make a change and hold the result against the old text; return whether it was made."""
    before = parse(path, text)
    try:
        new = patched(path, text, change)
    except ReportError as error:
        (problem,) = error.problems
        assert problem.code.startswith("patch.") and problem.hint and problem.location, problem
        return False
    after = parse(path, new)
    assert after.data == applied(before.data, change), change
    said, now = geometry.comments(before.node, before.text), geometry.comments(after.node, after.text)
    if not (isinstance(change, Remove) and change.with_comments):
        assert sorted(said) == sorted(now), change
    start, end = span(before.text, before.node, change)
    assert new.startswith(text[:start]) and new.endswith(text[end:]), change
    return True


def span(text: str, root: Any, change: Change) -> tuple[int, int]:
    """Return the lines of the value that is changed, or those of what encloses a new one."""
    address = change.address
    if isinstance(change, Move) or (isinstance(change, Set) and _is_new(root, address)) or isinstance(change, Remove):
        address = address[:-1]
    node = geometry.find(root, address)[-1]
    start = geometry.line_start(text, node.start_mark.index)
    while start and text[start - 1 : start] == "\n" and address and not isinstance(change, Set):
        above = geometry.line_start(text, start - 1)
        start = above
        if not text[above : start + 400].lstrip().startswith("#"):
            break
    if isinstance(change, Set):
        start = geometry.line_start(text, max(0, start - 1))
    return start, geometry.next_line(text, geometry.end(node, text))


def _is_new(root: Any, address: Address) -> bool:
    try:
        geometry.find(root, address)
    except LookupError:
        return True
    return False


def by_chance(part: int, count: int) -> tuple[int, int]:
    """Make changes by chance; return how many were made, and how many refused."""
    chance = random.Random(part)
    files = [(path, read(path)) for path in FILES]
    made = 0
    for _ in range(count):
        path, file = chance.choice(files)
        steps = chance.choice(places(file.data))
        made += held(path, file.text, a_change(chance, file.data, by_ids(file.data, steps)))
    return made, count - made


def test_a_few_changes_by_chance() -> None:
    made, refused = by_chance(0, 60)
    assert made > 50


@pytest.mark.slow
@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_changes_by_chance(part: int) -> None:
    made, refused = by_chance(part, ALL // PARTS)
    assert made > 0.9 * (made + refused)


def test_addresses_name_records_by_id() -> None:
    data = {"ties": [{"id": "nnc", "role": {"en": "x"}}], "tags": ["a", "b"]}
    assert by_ids(data, ("ties", 0, "role", "full", "en")) == ("ties", ById("nnc"), "role")
    assert by_ids(data, ("tags", 1)) == ("tags", 1)
