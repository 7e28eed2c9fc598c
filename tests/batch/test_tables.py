"""``report batch --table``: the documents of rows, made and passed over as those of folders are."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.values import ReportError
from tests.batch.support import told, write
from tests.batch.test_run import _names, _run, _summed, root

__all__ = ["root"]
OPTIONS = ("--base", "_base", "--table")
ROWS = ["id;name.en;country", "aa;Alpha;BG", "bb;Beta;RO", "cc;Gamma;BG"]


@pytest.fixture
def members(root: Path) -> str:  # noqa: F811
    """A table of three members."""
    write(root, "_base", "Base")
    return _table(root, *ROWS)


def _table(folder: Path, *lines: str) -> str:
    path = folder / "members.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def test_a_changed_row_makes_its_documents_alone(root: Path, members: str) -> None:  # noqa: F811
    assert _summed(root, *OPTIONS, members)[1]["made"] == 3
    assert _names(root) == [f"{id_}/slip/slip-en.xlsx" for id_ in ("aa", "bb", "cc")]
    _table(root, ROWS[0], "new;New;BG", *reversed(ROWS[1:]))  # rows that move do not change
    assert _summed(root, *OPTIONS, members)[1] | {"seconds": 0, "peak_memory": 0} == {
        "made": 1, "files": 1, "unchanged": 3, "failed": 0, "left": 0, "seconds": 0, "peak_memory": 0,
    }  # fmt: skip
    _table(root, *ROWS[:2], "bb;Beta two;RO", ROWS[3])
    assert _summed(root, "--resume")[1]["made"] == 1 and told(root)[-1]["job"]["organisation"] == "bb"
    write(root, "_base", "Base", country="RO")
    assert _summed(root, *OPTIONS, members)[1]["made"] == 3


def test_rows_that_are_wrong_are_reported_and_the_others_made(root: Path, members: str) -> None:  # noqa: F811
    _table(root, *ROWS[:2], "bb;Beta;Romania", "cc;;BG", "DD x;Delta;BG")
    done = _run(root, *OPTIONS, members)
    assert done.exit_code == 1 and _names(root) == ["aa/slip/slip-en.xlsx", "cc/slip/slip-en.xlsx"]
    assert "bb/slip (en) was not built:" in done.stderr and "members.csv:3:9: error" in done.stderr
    assert done.stderr.count("members.csv:5:1: error") == 1


def test_a_mistake_of_the_base_says_whose_document_it_stops(root: Path, members: str) -> None:  # noqa: F811
    path = root / "data" / "_base" / "organisation.yaml"
    path.write_text(path.read_text("utf-8") + "founded: soon\n", "utf-8")
    _run(root, *OPTIONS, members)
    problem = told(root)[1]["problems"][0]
    assert problem["message"].startswith("bb: ") and problem["location"]["path"].endswith("_base/organisation.yaml")


def test_conditions_look_at_what_the_row_says(root: Path, members: str) -> None:  # noqa: F811
    assert _summed(root, *OPTIONS, members, "--where", "country=RO")[1]["made"] == 1
    assert _names(root) == ["bb/slip/slip-en.xlsx"]
    assert _summed(root, *OPTIONS, members, "cc")[1]["made"] == 1


def test_a_row_without_an_id_is_an_error_beside_the_others(root: Path, members: str) -> None:  # noqa: F811
    _table(root, *ROWS, "aa;Alpha twice;BG")
    done = _run(root, *OPTIONS, members)
    assert done.exit_code == 1 and _names(root) == ["bb/slip/slip-en.xlsx", "cc/slip/slip-en.xlsx"]
    assert "id.duplicate" in done.stderr


def test_a_table_that_is_not_understood_makes_nothing(root: Path, members: str) -> None:  # noqa: F811
    _table(root, "id;nam", "aa;x")
    with pytest.raises(ReportError) as raised:
        _run(root, *OPTIONS, members)
    assert raised.value.status == 1 and not (root / "output").exists()
    _table(root, ROWS[0])
    with pytest.raises(ReportError):
        _run(root, *OPTIONS, members)
