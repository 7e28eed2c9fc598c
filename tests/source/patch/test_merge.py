"""Two people's changes are joined value by value; what both changed is told, and theirs stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.source.patch import merge
from report.source.patch import read_address as at
from report.source.patch.data import MISSING
from report.values import ReportError

PATH = Path("facts.yaml")
BASE = """\
name: Lantern
about: {en: One, bg: Две}
ties:
  - id: a
    since: 2013
  - id: b
tags: [x, z]
"""


def merged(mine: tuple[str, str], theirs: tuple[str, str]) -> tuple[str, list[str]]:
    """Merge two changes of the base; return the text, and the conflicts' addresses."""
    assert BASE.count(mine[0]) == BASE.count(theirs[0]) == 1
    found = merge(PATH, BASE, BASE.replace(*mine), BASE.replace(*theirs))
    return found.text, ["/".join(map(str, one.address)) for one in found.conflicts]


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (("Lantern", "Lamp"), ("2013", "2014"), [("Lantern", "Lamp"), ("2013", "2014")]),
        (("en: One", "en: 1"), ("bg: Две", "bg: 2"), [("en: One", "en: 1"), ("bg: Две", "bg: 2")]),
        (("One", "Same"), ("One", "Same"), [("One", "Same")]),
        (("  - id: b\n", "  - id: b\n  - id: c\n"), ("  - id: b\n", ""), [("  - id: b\n", "  - id: c\n")]),
        (("  - id: b\n", ""), ("2013", "2014"), [("  - id: b\n", ""), ("2013", "2014")]),
        (("  - id: b\n", ""), ("  - id: b\n", ""), [("  - id: b\n", "")]),
        (("tags", "new: 1\ntags"), ("name: Lantern\n", "name: Lantern # it\n"), [("name: Lantern\n", "name: Lantern # it\n"), ("ties", "new: 1\nties")]),
        (("x, z", "z, x"), ("2013", "2014"), [("x, z", "z, x"), ("2013", "2014")]),
    ],
)  # fmt: skip
def test_changes_of_different_values_are_joined(
    mine: tuple[str, str], theirs: tuple[str, str], both: list[tuple[str, str]]
) -> None:
    text, conflicts = merged(mine, theirs)
    wanted = BASE
    for one in both:
        wanted = wanted.replace(*one, 1)
    assert conflicts == []
    assert sorted(text.splitlines()) == sorted(wanted.splitlines())


@pytest.mark.parametrize(
    ("mine", "theirs", "address"),
    [
        (("Lantern", "Lamp"), ("Lantern", "Light"), "name"),
        (("2013", "2012"), ("  - id: a\n    since: 2013\n", ""), "ties/ById(id='a')/since"),
        (("  - id: b\n", ""), ("  - id: b\n", "  - id: b\n    since: 1\n"), "ties/ById(id='b')"),
        (("x, z", "x, v"), ("x, z", "w, z"), "tags"),
        (("  - id: b\n", "  - id: b\n  - id: c\n    n: 1\n"), ("  - id: b\n", "  - id: b\n  - id: c\n    n: 2\n"), "ties/ById(id='c')"),
    ],
)  # fmt: skip
def test_what_both_changed_stays_theirs_and_is_told(
    mine: tuple[str, str], theirs: tuple[str, str], address: str
) -> None:
    text, conflicts = merged(mine, theirs)
    assert (text, conflicts) == (BASE.replace(*theirs), [address])


def test_a_conflict_says_what_each_has() -> None:
    (one,) = merge(PATH, BASE, BASE.replace("2013", "2012"), BASE.replace("    since: 2013\n", "")).conflicts
    assert (one.address, one.base, one.mine, one.theirs) == (at("ties/@a/since"), "2013", "2012", MISSING)


def test_what_cannot_be_written_alone_is_a_conflict_with_its_reason() -> None:
    theirs = BASE.replace("One", "&o One")
    (one,) = merge(PATH, BASE, BASE.replace("One", "1"), theirs.replace("x, z", "x, z, *o")).conflicts
    assert one.problem and one.problem.code == "patch.tag"


def test_a_file_that_is_no_yaml_is_told() -> None:
    with pytest.raises(ReportError):
        merge(PATH, BASE, BASE.replace("Lantern", "Lamp"), BASE.replace("x, z]", "x, z"))
