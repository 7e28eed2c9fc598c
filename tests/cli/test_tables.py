"""``report check --table``: organisations of a table, checked as those of folders are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from report.cli.check import command
from report.values import UsageError
from report.workspace import Workspace
from tests.cli.test_commands import run
from tests.source.tables.support import xlsx

HEADER = ("id", "name.en", "name.bg", "country")


@pytest.fixture(autouse=True)
def _no_documents(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no document be composed: only the facts count here."""
    (workspace.data / "spoc" / "documents.yaml").unlink()
    monkeypatch.chdir(workspace.root)


def _check(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def _members(folder: Path, *rows: tuple[str, ...]) -> str:
    xlsx(folder / "members.xlsx", [HEADER, *rows], lambda book, _: book.add_worksheet("Notes"))
    return "members.xlsx"


def test_rows_are_checked_and_mistakes_name_their_cell(workspace: Workspace) -> None:
    table = _members(workspace.root, ("a", "A", "А", "RS"), ("b", "B", "Б", "Serbia"))
    done = run("check", "--table", f"{table}:Sheet1", "--base", "spoc", cwd=workspace.root)
    assert done.returncode == 1
    said = "members.xlsx:Sheet1!D3: error: a country is two capital letters, such as BG (ISO 3166-1) [data.form]"
    assert f"{said}\n    Serbia\n    hint: write RS\n" in done.stdout
    assert done.stdout.count("error:") == 1 and "table.sheets" not in done.stdout
    assert _check("a", "--table", table, "--base", "spoc").exit_code == 0


def test_cells_are_in_json(workspace: Workspace) -> None:
    table = _members(workspace.root, ("b", "B", "Б", "Serbia"))
    done = _check("--table", table, "--base", "spoc", "--format", "json")
    (error,) = [p for p in json.loads(done.output) if p["severity"] == "error"]
    assert {**error, "message": "", "hint": ""} == {
        "severity": "error", "code": "data.form", "message": "", "hint": "", "path": "members.xlsx",
        "line": 2, "column": 4, "key": "country", "cell": "Sheet1!D2",
    }  # fmt: skip


def test_a_charset_is_told(workspace: Workspace) -> None:
    (workspace.root / "members.csv").write_bytes("id;name.en;name.bg\na;A;Я\n".encode("cp866"))
    options = ("--table", "members.csv", "--base", "spoc", "--charset")
    assert _check(*options, "cp866").exit_code == 0
    assert _check(*options, "utf-8").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--table", "members.xlsx"), "--base"),
        (("--base", "spoc"), "--table"),
        (("--table", "members.xlsx", "--base", "nobody"), "nobody"),
        (("--table", "members.xlsx", "--base", "spok"), "did you mean 'spoc'"),
        (("--table", ".", "--base", "spoc"), "names no file"),
        (("--table", "", "--base", "spoc"), "names no file"),
        (("nobody", "--table", "members.xlsx", "--base", "spoc"), "available: a"),
    ],
)
def test_options_that_lack_another(workspace: Workspace, arguments: tuple[str, ...], word: str) -> None:
    _members(workspace.root, ("a", "A", "А", "RS"))
    error = _check(*arguments).exception
    assert isinstance(error, UsageError) and word in f"{error.problems[0].message} {error.problems[0].hint}"


def test_no_row_is_checked_of_a_table_that_is_not_understood(workspace: Workspace) -> None:
    (workspace.root / "members.csv").write_text("id;nam\na;x\nb;y\n", "utf-8")
    done = _check("a", "--table", "members.csv", "--base", "spoc")
    assert done.exit_code == 1 and "members.csv:1:4: error" in done.output and "undated" not in done.output


def test_what_nobody_sees_and_terminals_obey_is_shown(workspace: Workspace) -> None:
    (workspace.root / "members.csv").write_text("id\u200b;na\x1b]0;me\na;x;y\n", "utf-8")
    output = _check("--table", "members.csv", "--base", "spoc").output
    assert (
        "zero-width space U+200B" in output
        and "'na\ufffd]0' is not the path of a fact" in output
        and "\x1b]" not in output
    )
