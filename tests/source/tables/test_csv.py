"""CSV as people save it: whatever charset, delimiter and line ends, or refused at its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.values import Severity
from tests.source.tables.support import cells, place, refused, table, told

DECA = "id;name\na;Деца\nb;Сдружение „Тихият фар“\n"


def _file(tmp_path: Path, content: str | bytes, charset: str = "utf-8") -> Path:
    path = tmp_path / "members.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(charset))
    return path


# content, the delimiter that is meant
DELIMITERS = {
    "semicolons with decimal commas": ("id;number;founded\na;12,5;2003\nb;1,5;2004\n", ";"),
    "a heading with a comma": ("id;name, in full;founded\na;x;2003\nb;y;2004\n", ";"),
    "commas": ("id,name,founded\na,x; y,2003\n", ","),
    "tabs": ("id\tname\nx\ta, b; c\n", "\t"),
    "pipes": ("id|name\nx|a, b\n", "|"),
    "told to Excel": ("sep=|\nid|name\nx|a;b\n", "|"),
    "a title above": ("Members, as of 2026\nid;name;number\na;x;1\nb;y;2\n", ";"),
    "one column": ("id\na\nb\n", ","),
}


@pytest.mark.parametrize("name", DELIMITERS)
def test_the_delimiter_is_told_by_the_rows(tmp_path: Path, name: str) -> None:
    content, sign = DELIMITERS[name]
    made = table(_file(tmp_path, content))
    header, *lines = content.splitlines()[-len(made.rows) - 1 :]
    assert made.header.cells == tuple(header.split(sign))
    assert cells(made) == [tuple(line.split(sign)) for line in lines]


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8_r", "iso8859_5"]
)
def test_cyrillic_is_read_right_in_short_files(tmp_path: Path, charset: str) -> None:
    text = DECA if charset.startswith(("utf", "cp")) else DECA.replace("„", "").replace("“", "")
    made = table(_file(tmp_path, text, charset))
    assert made.header.cells == ("id", "name")
    assert cells(made) == [tuple(line.split(";")) for line in text.splitlines()[1:]]
    assert bool(told(made)) is not charset.startswith("utf"), "a guess is not told, or a certain charset is"


@pytest.mark.parametrize("word", ["Деца", "Ж", "на", "Щастливи деца и семейства", "Фондация „Ая“ – София"])
def test_cp1251_is_not_taken_for_western(tmp_path: Path, word: str) -> None:
    made = table(_file(tmp_path, f"id;name\na;{word}\nb;Надежда\n", "cp1251"))
    assert cells(made)[0] == ("a", word)


@pytest.mark.parametrize("word", ["Café Zürich", "Fundação Criança", "L’été", "Ñandú – “Über”"])
def test_cp1252_is_not_taken_for_cyrillic(tmp_path: Path, word: str) -> None:
    made = table(_file(tmp_path, f"id;name\na;{word}\nb;plain\n", "cp1252"))
    assert cells(made)[0] == ("a", word)
    assert told(made) == [("table.charset", "")]


def test_a_charset_may_be_told(tmp_path: Path) -> None:
    path = _file(tmp_path, "id;name\na;É\n", "cp1252")
    assert cells(table(path, charset="cp1251")) == [("a", "Й")]
    assert "utf-8" in refused(path, charset="utf-8").message and refused(path, charset="utf-8").location.line == 2
    assert refused(path, charset="cp-none").code == "table.charset"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_lines_inside_quotes(tmp_path: Path, end: str) -> None:
    text = end.join(["id;name;number", 'a;"one', 'two";1', "b;=A1+2;3", ""])
    made = table(_file(tmp_path, text))
    assert cells(made)[0] == ("a", "one\ntwo", "1")
    assert told(made) == [("table.formula", "4:3")]
    assert place(type("P", (), {"location": made.where(made.rows[0], 2)})) == "3:6"


def test_quotes_inside_texts(tmp_path: Path) -> None:
    made = table(_file(tmp_path, 'id;name\na;"The ""Quiet"" Light"\nb;The "Quiet" Light\nc; "x" \n'))
    assert [row[1] for row in cells(made)] == ['The "Quiet" Light', 'The "Quiet" Light', "x"]


# content, place, a word of what is said
QUOTES = {
    "never closed": ('id;name\na;x\nb;"y\nc;z\n', "3:3", "never close"),
    "closed by another's": ('id;name\na;"x\nb;"y"\nc;z\n', "2:3", "in line 3"),
    "more text behind": ('id;name\na;"x" y\n', "2:3", "more text"),
}


@pytest.mark.parametrize("name", QUOTES)
def test_quotes_that_do_not_close_are_refused_where_they_open(tmp_path: Path, name: str) -> None:
    content, where, word = QUOTES[name]
    problem = refused(_file(tmp_path, content))
    assert (problem.code, place(problem)) == ("table.quotes", where) and word in problem.message


@pytest.mark.parametrize(
    "content",
    [
        'id;name;number\na;"x;1\nb;y;2\nc;z";3\n',
        'id;name;number\na;"x;1\nb;y";2\nc;z;3\n',  # of two rows one is left, as wide as the others
        'id;name\na;"x\nb;y"\nc;z\n',
        'id,name\na,"x\nb,y"\nc,z\n',
    ],
)
def test_a_row_that_is_swallowed_by_quotes_is_told(tmp_path: Path, content: str) -> None:
    assert ("table.quotes", "2:3") in told(table(_file(tmp_path, content)))


@pytest.mark.parametrize(
    "content", ['id,name\na,"x\ny, z"\n', 'id;name\na;"x; y\nz"\n', 'id,name,number\na,"x, y\nz, u",1\n']
)
def test_lines_of_prose_are_no_rows(tmp_path: Path, content: str) -> None:
    assert told(table(_file(tmp_path, content))) == []


# content, code, place
WRONG = {
    "a zero byte": ("id;name\na;x\0y\n", "table.character", "2:3"),
    "an error": ("id;name\na;#N/A\n", "table.error", "2:3"),
    "an error in Bulgarian": ("id;name\na;#СТОЙН!\n", "table.error", "2:3"),
    "an error of LibreOffice": ("id;name\na;Err:502\n", "table.error", "2:3"),
    "a column too narrow": ("id;name\na;####\n", "table.error", "2:3"),
    "an error in German": ("id;name\na;#NV\n", "table.error", "2:3"),
    "an error in Spanish": ("id;name\na;#¡VALOR!\n", "table.error", "2:3"),
    "an error in Hungarian": ("id;name\na;#ÉRTÉK!\n", "table.error", "2:3"),
    "an error in Greek": ("id;name\na;#Δ/Υ\n", "table.error", "2:3"),
    "an error of LibreOffice in Bulgarian": ("id;name\na;Грешка:502\n", "table.error", "2:3"),
    "a number shortened to one digit": ("id;number\na;8E+12\n", "table.shortened", "2:3"),
    "a number below nothing that is shortened": ("id;number\na;-1,2E+11\n", "table.shortened", "2:3"),
    "a control of an old charset": ("id;name\na;x\x93y\n", "table.character", "2:3"),
    "a space of no width": ("id;name\na;x\u200by\n", "table.unseen", "2:3"),
    "a letter that looks like another": ("id;name\na;Cофия\n", "table.letters", "2:3"),
    "a letter that was lost": ("id;name\na;Со\ufffdия\n", "table.lost", "2:3"),
    "a text that turns round": ("id;name\na;\u202ex\n", "table.unseen", "2:3"),
    "a shortened number": ("id;number\na;1,23457E+11\n", "table.shortened", "2:3"),
    "a cell too many": ("id;name\na;x\nb;y;z\n", "table.heading", "3:5"),
    "no heading": ("id;;name\na;x;y\n", "table.heading", "2:3"),
    "a cell too few": ("id;name;number\na;x\nb;y;1\n", "table.short", "2:3"),
    "a blank row between": ("id;name\na;x\n;\n\nb;y\n", "table.blank", "3:1"),
    "a title": ("Members\nid;name\na;x\n", "table.title", "1:1"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_its_line_and_column(tmp_path: Path, name: str) -> None:
    content, code, where = WRONG[name]
    assert told(table(_file(tmp_path, content))) == [(code, where)]


def test_what_is_no_mistake_is_not_told(tmp_path: Path) -> None:
    content = (
        "id;name;number\na;#harbour;0042\nb;= as before;-\nc;Errand:502;3E\nd;#morgen!;-5\ne;Общност;👩\u200d👧\n;;\n\n"
    )
    assert told(table(_file(tmp_path, content))) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "table.empty"), (b"\n \n", "table.empty"), (b"id;name\n", "table.empty"), (b";;\n;\n", "table.empty")],
)
def test_a_table_without_rows_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    assert refused(_file(tmp_path, content)).code == code


def test_a_text_is_no_workbook_and_has_no_sheets(tmp_path: Path) -> None:
    path = _file(tmp_path, DECA)
    assert refused(path, sheet="Sheet2").code == "table.sheet"
    assert refused(path.rename(tmp_path / "members.xlsx")).code == "table.kind"
    assert refused(tmp_path / "none.csv").code == "file.unreadable"


@pytest.mark.slow
def test_many_rows(tmp_path: Path) -> None:
    lines = "".join(f'{n};"Association „{n}“";{n:09}\n' for n in range(100_000))
    made = table(_file(tmp_path, "id;name;number\n" + lines))
    assert len(made.rows) == 100_000 and made.rows[-1].cells == ("99999", "Association „99999“", "000099999")
    assert made.where(made.rows[-1], 2).line == 100_001


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("cp1250", "Łódź świat żółw"),
        ("iso8859_2", "Łódź świat żółw"),
        ("iso8859_2", "Žluťoučký kůň"),
        ("mac_roman", "Café Müller"),
        ("cp1252", "São João Müller"),
        ("cp1253", "Ελληνική Ένωση"),
        ("mac_cyrillic", "Тихият фар"),
    ],
)
def test_charsets_of_other_countries_are_told_by_what_no_word_looks_like(
    tmp_path: Path, charset: str, words: str
) -> None:
    made = table(_file(tmp_path, f"id;name\na;{words}\nb;plain\n", charset))
    assert cells(made)[0] == ("a", words)
    (problem,) = made.problems
    assert problem.severity is Severity.WARNING and f"“{words.split()[-1]}”" in problem.message


def test_a_row_of_another_charset_among_utf_8_is_refused_at_its_line(tmp_path: Path) -> None:
    content = "id;name\na;Тихият фар\nb;Звезден дом\n".encode() + "c;Деца\n".encode("cp1251")
    problem = refused(_file(tmp_path, content))
    assert (problem.code, place(problem)) == ("table.charset", "4:3") and problem.hint


def test_utf_16_without_a_mark_is_told_in_cyrillic_too(tmp_path: Path) -> None:
    made = table(_file(tmp_path, "Код;Наименование\nа;Тихият фар\n", "utf-16-le"))
    assert made.header.cells == ("Код", "Наименование")


@pytest.mark.parametrize("charset", ["idna", "undefined", "unicode_escape", "rot13", "hex"])
def test_a_codec_that_no_file_is_written_in_is_refused(tmp_path: Path, charset: str) -> None:
    assert refused(_file(tmp_path, "id;name\na;É\n", "cp1252"), charset=charset).code == "table.charset"


@pytest.mark.parametrize("content", [b"<html><table>", b"\n<?xml version='1.0'?>", b"%PDF-1.7\n", b"\x1f\x8b\x08\0\0"])
def test_another_kind_of_file_is_called_by_its_name(tmp_path: Path, content: bytes) -> None:
    problem = refused(_file(tmp_path, content))
    assert problem.code == "table.kind" and "save it as an Excel workbook" in problem.hint
