"""Each kind of change, by example: what is written, what stays, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from report.source.patch import Change, Insert, Move, Remove, Set, patched
from report.source.patch import read_address as at
from report.source.yamlfile import parse
from report.values import ReportError

PATH = Path("facts.yaml")
FACTS = """\
# The facts of a society
name: Lantern   # the short one
about:
  short: {en: One, bg: Две}
  full:
    en: >-
      A long text that is
      folded here.
    # between the two
    bg: |-
      Редове
      два
ties:
  # the first tie
  - id: nnc
    since: 2013-04
  - id: uvrr   # in German, too
    groups: [one, two]

  - id: ecsa
tags: ["one", two]
tabbed:\tb
empty:
"""


def change(before: str, one: Change, after: str, text: str = FACTS) -> None:
    """Hold that a change replaces the lines `before` by the lines `after`, and nothing else."""
    assert text.count(before) == 1
    assert patched(PATH, text, one) == text.replace(before, after)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Lantern Bridge", "Lantern Bridge"),
        ("no", '"no"'),
        ("null", '"null"'),
        ("Off", '"Off"'),
        ("2024", "2024"),
        ("2013-04", "2013-04"),
        ("false", "false"),
        ("a: b # c", '"a: b # c"'),
        ("- dash", '"- dash"'),
        ('say "it"', 'say "it"'),
        ('"so"', '"\\"so\\""'),
        ("[x]", '"[x]"'),
        ("ends:", '"ends:"'),
        ("  around  ", "around"),
        ("Фар", "Фар"),
        ("one\ttab", '"one\\ttab"'),
    ],
)
def test_a_text_in_a_line_keeps_its_comment(value: str, written: str) -> None:
    change("name: Lantern   # the short one", Set(at("name"), value), f"name: {written}   # the short one")


@pytest.mark.parametrize(
    ("address", "value", "before", "after"),
    [
        ("about/short/bg", "a, b", "bg: Две}", 'bg: "a, b"}'),
        ("about/short/de", "Drei", "bg: Две}", "bg: Две, de: Drei}"),
        ("about/full/en", "Short now.", "      A long text that is\n      folded here.\n", "      Short now.\n"),
        (
            "about/full/en",
            "One.\n\nTwo.",
            "      A long text that is\n      folded here.\n",
            "      One.\n\n\n      Two.\n",
        ),
        ("about/full/bg", "едно\n  две\n\nтри", "      Редове\n      два\n", "      едно\n        две\n\n      три\n"),
        ("tags/0", "1", '["one", two]', '["1", two]'),
        ("tags", ["two", "three"], '["one", two]', '["two", three]'),
        ("tags", ["one"], '["one", two]', '["one"]'),
        ("tags", ["zero", "one", "two"], '["one", two]', '[zero, "one", two]'),
        ("tags", [], '["one", two]', "[]"),
        ("empty", "full", "empty:\n", "empty: full\n"),
        ("empty", {"en": "A", "bg": "Б"}, "empty:\n", "empty: {en: A, bg: Б}\n"),
        ("name", {"en": "Lantern", "bg": "Фар"}, "name: Lantern ", "name: {en: Lantern, bg: Фар} "),
        ("about/short", "One alone", "short: {en: One, bg: Две}", "short: One alone"),
        ("ties/@nnc/since", "2014", "since: 2013-04", "since: 2014"),
        ("tabbed", "c", "tabbed:\tb", "tabbed:\tc"),
        ("ties/@nnc/until", "2020", "    since: 2013-04\n", "    since: 2013-04\n    until: 2020\n"),
        ("ties/@uvrr/kind", "member", "    groups: [one, two]\n", "    groups: [one, two]\n    kind: member\n"),
        ("ties/@ecsa/id", "esca", "  - id: ecsa", "  - id: esca"),
        ("new", [{"id": "a", "t": "b"}], "empty:\n", "empty:\nnew:\n  - id: a\n    t: b\n"),
    ],
)
def test_values_of_every_shape(address: str, value: Any, before: str, after: str) -> None:
    change(before, Set(at(address), value), after)


def test_a_long_text_is_folded_below_its_comment() -> None:
    text = patched(PATH, FACTS, Set(at("name"), "lantern " * 30))
    assert text.startswith("# The facts of a society\nname: >-   # the short one\n  lantern lantern")
    assert max(map(len, text.split("\n"))) <= 112


def test_a_new_field_has_its_place_among_the_others() -> None:
    order = ("id", "kind", "since", "until")
    change("  - id: nnc\n", Set(at("ties/@nnc/kind"), "member", order), "  - id: nnc\n    kind: member\n")
    change("name: Lantern ", Set(at("acronym"), "L", ("acronym", "name")), "acronym: L\nname: Lantern ")


def test_items_are_put_in_taken_out_and_moved() -> None:
    new = {"id": "new", "role": {"en": "Word"}}
    lines = "  - id: new\n    role: {en: Word}\n"
    change("  - id: ecsa\n", Insert(at("ties"), new), f"  - id: ecsa\n\n{lines}")
    change("  - id: nnc\n", Insert(at("ties"), new, None), f"{lines}  - id: nnc\n")
    change("    since: 2013-04\n", Insert(at("ties"), new, at("@nnc")[0]), f"    since: 2013-04\n\n{lines}")
    change("  - id: nnc\n    since: 2013-04\n", Remove(at("ties/@nnc")), "")
    change("    since: 2013-04\n", Remove(at("ties/@nnc/since")), "")
    change("\n  - id: ecsa\n", Remove(at("ties/@ecsa")), "\n")
    moved = patched(PATH, FACTS, Move(at("ties/@nnc"), at("@uvrr")[0]))
    assert "ties:\n  - id: uvrr   # in German, too\n    groups: [one, two]\n  # the first tie\n  - id: nnc\n" in moved
    change('["one", two]', Move(at("tags/1"), None), '[two, "one"]')
    change('["one", two]', Remove(at("tags/0")), "[two]")
    change("{en: One, bg: Две}", Remove(at("about/short/en")), "{bg: Две}")


def test_the_only_item_leaves_an_empty_list() -> None:
    assert patched(PATH, "a:\n  - id: x\nb: 1\n", Remove(at("a/@x"))) == "a: []\nb: 1\n"
    assert patched(PATH, "a: []\n", Insert(at("a"), "x")) == "a: [x]\n"
    assert patched(PATH, "a:\n  b: 1\n", Remove(at("a/b"))) == "a: {}\n"
    assert (
        patched(PATH, "a:\n  - id: x\n    # why\n    y: 1\n", Remove(at("a/@x/id")))
        == "a:\n  - \n    # why\n    y: 1\n"
    )


@pytest.mark.parametrize("text", ["", "# nothing yet", "# nothing yet\n", "---\n"])
def test_an_empty_file_begins(text: str) -> None:
    made = patched(PATH, text, Set(at("name"), {"en": "x"}))
    assert (
        made.startswith(text) and made.endswith("name: {en: x}\n") and parse(PATH, made).data == {"name": {"en": "x"}}
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_marks_are_kept(ends: str, mark: str, last: bool) -> None:
    text = mark + ends.join(["a: 1", "b:", "  - x", "c: |-", "  one", "  two"]) + ends * last
    made = patched(PATH, text, Set(at("c"), "one\nthree"))
    assert made == text.replace("two", "three")
    assert patched(PATH, text, Insert(at("b"), "z")) == text.replace("  - x", f"  - x{ends}  - z")
    assert patched(PATH, text, Remove(at("c"))) == mark + ends.join(["a: 1", "b:", "  - x"]) + ends * last


@pytest.mark.parametrize(
    ("text", "one", "code", "line"),
    [
        (FACTS, Set(at("ties/@nobody/since"), "x"), "patch.address", 15),
        (FACTS, Remove(at("nothing")), "patch.address", 2),
        (FACTS, Insert(at("name"), "x"), "patch.address", 2),
        (FACTS, Move(at("name"), None), "patch.address", 2),
        (FACTS, Remove(at("ties/@uvrr")), "patch.comments", 17),
        (FACTS, Set(at("about"), "just words"), "patch.comments", 4),
        ("a: &x 1\nb: *x\n", Set(at("a"), "2"), "patch.tag", 1),
        ("a: &x {c: 1}\nb: *x\n", Set(at("b/c"), "2"), "patch.anchor", 1),
        ("a: !t b\n", Set(at("a"), "3"), "patch.tag", 1),
        ("a: !!str b\nc: 1\n", Set(at("a"), "3"), "patch.tag", 1),
        ("a:\n  - !t {q: 1}\n", Set(at("a/0"), "3"), "patch.tag", 2),
        ("a: &x b\n", Set(at("a"), "3"), "patch.tag", 1),
        ("a: 1\na: 2\n", Set(at("a"), "3"), "yaml.duplicate", 2),
        ("a: {b: 1, b: 2}\n", Set(at("a/b"), "3"), "yaml.duplicate", 1),
        ("x: {<<: {y: 1}}\n", Set(at("x/y"), "3"), "yaml.merge", 1),
        ("a: 1\r\nb: 2\n", Set(at("a"), "3"), "patch.lines", None),
        ("a:\u00a0b\n", Set(at("a"), "3"), "patch.spaces", None),
        ("a: [\n", Set(at("a"), "3"), "yaml.syntax", 1),
        ("a: 1\n---\nb: 2\n", Set(at("a"), "3"), "yaml.syntax", 2),
        ("a: 1\n", Set(at("a"), "bad\x00"), "patch.unproved", 1),
        ("a: 1\n", Remove(at("a")), "patch.unproved", 1),
    ],
)
def test_what_cannot_be_done_alone_is_refused_with_its_place(
    text: str, one: Change, code: str, line: int | None
) -> None:
    with pytest.raises(ReportError) as raised:
        patched(PATH, text, one)
    (problem,) = raised.value.problems
    assert problem.code == code and problem.location
    assert problem.location.line == line
    assert problem.hint


def test_comments_go_with_what_is_taken_away_where_that_is_wanted() -> None:
    change(
        "  - id: uvrr   # in German, too\n    groups: [one, two]\n", Remove(at("ties/@uvrr"), with_comments=True), ""
    )
