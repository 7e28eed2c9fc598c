"""Steps hold what was replaced, and a journal is read whatever became of its last line."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.editing.journal import Journal, Step


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "a"),
        ("a", ""),
        ("abc", "abc"),
        ("aaa", "aa"),
        ("one two three", "one 2 three"),
        ("x\n" * 50, "x\n" * 51),
        ("Фар", "Фарът"),
    ],
)
def test_a_step_is_undone_and_made_again(old: str, new: str) -> None:
    step = Step.between(1.0, "f", "a", old, new)
    assert step.undone(new) == old
    if step.head or step.tail or step.old:
        assert step.redone(old) in (new, None)


def test_a_step_is_found_again_beside_other_changes_and_not_where_its_place_is_another() -> None:
    step = Step.between(1.0, "f", "a", "name: one\nrest: 1\n", "name: two\nrest: 1\n")
    assert step.undone("# head\nname: two\nrest: 1\n") == "# head\nname: one\nrest: 1\n"
    assert step.undone("name: three\nrest: 1\n") is None
    assert step.undone("name: two\nrest: 1\n" * 2) is None


def test_a_journal_is_read_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / ".edits" / "org.jsonl")
    for number in range(3):
        journal.add(Step.between(number, "f", "a", f"{number}", f"{number + 1}"))
    journal.undo()
    assert journal.undo().time == 1
    again = Journal(journal.path)
    assert ([one.time for one in again.done], [one.time for one in again.undone]) == ([0], [2, 1])
    again.add(Step.between(9, "f", "a", "1", "9"))
    assert Journal(journal.path).undone == []


@pytest.mark.parametrize(
    "left", ['{"kind": "step", "time": 1', "\x00\x00", "[]", '{"kind": "step"}', "{}", '"x"', "null"]
)
def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path, left: str) -> None:
    path = tmp_path / "org.jsonl"
    journal = Journal(path)
    journal.add(Step.between(1, "f", "a", "1", "2"))
    with path.open("a", encoding="utf-8") as file:
        file.write(left)
    again = Journal(path)
    assert len(again.done) == 1
    again.add(Step.between(2, "f", "a", "2", "3"))
    assert [one.time for one in Journal(path).done] == [1, 2]
