"""Files that are no data files: each is refused with its place, and none with a traceback or a stuck machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.source import read
from report.source.limits import MAX_BYTES, MAX_DEPTH
from report.values import Problem, ReportError

BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))

# content, code, line, column (0: any)
BROKEN = {
    "empty": (b"", "yaml.empty", 1, 1),
    "only a comment": (b"# nothing yet\n", "yaml.empty", 1, 1),
    "a colon too many": (b"a: 1\nname: x: y\n", "yaml.syntax", 2, 8),
    "a tab": (b"a:\n\t- b\n", "yaml.syntax", 2, 1),
    "an open quote": (b'a: 1\nname: "SPOC\nb: 2\n', "yaml.syntax", 2, 7),
    "an open quote that another closes": (b'a: 1\nname: "SPOC\nb: 2\nc: 3\nd: "x"\n', "yaml.syntax", 2, 7),
    "a missing colon": (b"a: 1\nb: 2\ncurrency GBP\nc: 3\n", "yaml.syntax", 3, 1),
    "a missing colon in the first line": (b"a:\n  currency GBP\n  c: 3\n", "yaml.syntax", 2, 3),
    "a missing colon in a list": (b"a:\n  - id x\n    c: 3\n", "yaml.syntax", 2, 5),
    "an open bracket": (b"a: [1, 2\n", "yaml.syntax", 1, 0),
    "a bad indent": (b"a:\n  b: 1\n c: 2\n", "yaml.syntax", 3, 2),
    "an unknown alias": (b"a: *b\n", "yaml.syntax", 1, 4),
    "two documents": (b"a: 1\n---\nb: 2\n", "yaml.syntax", 2, 1),
    "cp1251": ("a: 1\nимя: деца\n".encode("cp1251"), "file.encoding", 2, 1),
    "utf-16": ("a: 1\n".encode("utf-16"), "file.encoding", 1, 1),
    "a null byte": (b"a: 1\nb: x\x00y\n", "yaml.character", 2, 5),
    "an anchor bomb": (BOMB.encode(), "yaml.bomb", 0, 0),
    "an alias in itself": (b"a: &a [*a]\n", "yaml.depth", 1, 0),
    "deep brackets": (b"a: " + b"[" * 900, "yaml.depth", 1, 4 + MAX_DEPTH - 1),
    "deeper brackets": (b"a: " + b"[" * 50_000, "yaml.depth", 1, 0),
    "deep dashes": (b"- " * 20_000 + b"x", "yaml.depth", 1, 0),
    "too large": (b"a: " + b"x" * MAX_BYTES, "file.size", None, None),
}


def _fault(path: Path) -> Problem:
    with pytest.raises(ReportError) as caught:
        read(path)
    return caught.value.problems[0]


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_refused_at_their_place(tmp_path: Path, name: str) -> None:
    content, code, line, column = BROKEN[name]
    path = tmp_path / "organisation.yaml"
    path.write_bytes(content)
    problem = _fault(path)
    assert problem.code == code, problem
    assert problem.location.path == path
    assert line in (0, problem.location.line) and column in (0, problem.location.column), problem.location


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").mkdir()
    assert _fault(tmp_path / "organisation.yaml").code == "file.folder"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert _fault(tmp_path / "organisation.yaml").code == "file.unreadable"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("a: 1\na: 2\n", "yaml.duplicate"),
        ("a: !!python/object:os.system x\n", "yaml.tag"),
        ("a: {amount: 12,400}\n", "yaml.comma"),
        ("a: {since: 2021, banana, represents: true}\n", "yaml.comma"),
        ("a: {en: Salt, pepper}\n", "yaml.comma"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "yaml.merge"),
    ],
)
def test_mistakes_that_leave_the_rest_readable_are_collected(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "organisation.yaml"
    path.write_text(content)
    assert [p.code for p in read(path).problems] == [code]


@pytest.mark.parametrize(
    ("content", "number"),
    [
        ("12,400", "12400  , or  amount: 12.40"),
        ("-33,333", "-33333  , or  amount: -33.33  ; rounded to 2 decimal places"),
        ("1'234,567", "1234567  , or  amount: 1234.57  ; rounded to 2 decimal places"),
        ("12.400,5", "12400.5"),
        ("1,234,567.50", "1234567.50"),
        ("-1,5, source: x", "-1.5"),
        ("85.000,00 €", "85000.00"),
        ("€1,200", "1200  , or  amount: 1.20"),
        ("12,5 лв.", "12.5"),
    ],
)
def test_a_number_that_a_comma_cuts_is_told_of_once(tmp_path: Path, content: str, number: str) -> None:
    path = tmp_path / "finance.yaml"
    path.write_text(f"- {{id: gifts, amount: {content}}}\n")
    (problem,) = read(path).problems
    assert problem.hint == f"write  amount: {number}"


def test_a_text_that_a_comma_cuts_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "organisation.yaml"
    path.write_text("name: {en: Salt, pepper, bg: Сол}\n", "utf-8")
    (problem,) = read(path).problems
    assert problem.location.column == 18
    assert problem.hint == 'if it belongs to the value before it, write  en: "Salt, pepper"  ; if not, write  pepper: …'


def test_a_key_without_a_value_counts_as_left_out(tmp_path: Path) -> None:
    path = tmp_path / "organisation.yaml"
    path.write_text("a:\nb: {en: x, bg: , c: }\n", "utf-8")
    file = read(path)
    assert (file.data, file.problems) == ({"b": {"en": "x"}}, ())
    assert file.empty == (("a",), ("b", "bg"), ("b", "c"))


def test_scalars_stay_the_text_that_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "organisation.yaml"
    path.write_text("a: no\nb: 12:30\nc: 0123456\nd: 1_000\ne: 2025-13-01\nf: ~\ng: '~'\n")
    assert read(path).data == {"a": "no", "b": "12:30", "c": "0123456", "d": "1_000", "e": "2025-13-01", "g": "~"}


def test_a_place_is_found_after_every_kind_of_line_break(tmp_path: Path) -> None:
    path = tmp_path / "organisation.yaml"
    path.write_bytes("a: 1\r\nb: 2\nc:\n  - x\n  - деца: y\n".encode())
    file = read(path)
    where = file.locate(("c", 1, "деца"))
    assert (where.line, where.column, where.excerpt) == (5, 11, "  - деца: y")
    assert file.locate(("c", 1, "деца"), key=True).column == 5


@pytest.mark.parametrize("text", ["-  " * 100_000 + "a", "- ? " * 100_000, "?  " * 100_000, "- ? -\t" * 30_000])
def test_no_nesting_overflows_the_stack(tmp_path: Path, text: str) -> None:
    path = tmp_path / "organisation.yaml"
    path.write_text(text)
    assert _fault(path).code in ("yaml.depth", "yaml.syntax")
