"""Characters that nobody sees, spaces that YAML does not know, letters of other scripts: told where they stand, and meant ones kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.source import SourceFile, read
from report.source.invisible import without_invisible
from report.values import ReportError, Severity


def _read(folder: Path, text: str) -> SourceFile:
    path = folder / "organisation.yaml"
    path.write_bytes(text.encode())
    return read(path)


def _told(file: SourceFile) -> list[tuple[str, int | None, int | None]]:
    return [(p.code, p.location.line, p.location.column) for p in file.problems if p.location]


# what is written: what is read, line and column of the note
LEFT_OUT = {
    "number: 01\u200b23": ("0123", 1, 11),
    "email: off\u00adice@example.org": ("office@example.org", 1, 11),
    "phone: +359 2\u00ad123 45": ("+359 2123 45", 1, 14),
    "phone: '\u202a+359 2 123'": ("+359 2 123", 1, 9),
    "phone: \u2066+359 2 123": ("+359 2 123", 1, 8),
    "a: x\u2060y z": ("xy z", 1, 5),
    "a: one\ufeff two": ("one two", 1, 7),
    "a: x\u200cy\u200c z": ("xy z", 1, 5),
    "a: left\u200e to right": ("left to right", 1, 8),
    "a: x\ufe0f": ("x", 1, 5),
    "a: hidden\U000e0041": ("hidden", 1, 10),
    'a: "é\\u200b, \\xe9\\u200d"': ("é, é", 1, 6),
    "a: >-\n  one\n  two\u200bthree": ("one twothree", 3, 6),
    "a: |2\n    one\n\n   tw\u200bo\n": ("  one\n\n two\n", 4, 6),
    "a:\n  one\n  tw\u200bo": ("one two", 3, 5),
    "a: 'it''s\n\n  a\u200b b'": ("it's\na b", 3, 4),
    "na\u200bme: x": ("x", 1, 3),
    "a: \u00a0x": ("x", 1, 4),
    "a: x\u2009": ("x", 1, 5),
}


@pytest.mark.parametrize("text", LEFT_OUT)
def test_what_nobody_sees_is_left_out_and_told_at_its_place(text: str, tmp_path: Path) -> None:
    value, line, column = LEFT_OUT[text]
    file = _read(tmp_path, "# first\n" + text + "\n")
    assert [*file.data.values()] == [value]
    assert ("yaml.unseen", line + 1, column) in _told(file)
    assert {p.severity for p in file.problems} == {Severity.NOTE} and all(p.hint for p in file.problems)


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم", "क्\u200dष", "\U0001f469\u200d\U0001f4bb", "☎\ufe0f 123", "葛\U000e0100",
        "שלום \u200f3!\u200e", "\u2067مرحبا\u2069 is a word", "ภาษา\u200bไทย", "Donau\u00addampfschiff fahren",
        "1\u00a0000 €", "\U0001f3f4\U000e0067\U000e0062\U000e007f", "кОм и 5 kΩ", "USB-ключ и SMSи", "e-поща", "PRа",
    ],
)  # fmt: skip
def test_what_is_meant_stays(text: str, tmp_path: Path) -> None:
    file = _read(tmp_path, f"a: {text}\n")
    assert (file.data["a"], file.problems) == (text, ())


# what is written: what it is read as, line and column of the error, a word of it
SPACES = {
    "a: 1\nname:\u00a0X\nb: 2": ({"a": "1", "name": "X", "b": "2"}, 2, 6, "non-breaking space U+00A0 after the colon"),
    "name:\u2009X": ({"name": "X"}, 1, 6, "thin space"),
    "name:\u2007X\nb: 2": ({"name": "X", "b": "2"}, 1, 6, "figure space"),
    "name:\u200bX\nb: 2": ({"name": "X", "b": "2"}, 1, 6, "zero-width space"),
    "c: {name:\u00a0X, b: 2}": ({"c": {"name": "X", "b": "2"}}, 1, 10, "after the colon"),
    "- id: a\n  name:\u00a0X": ([{"id": "a", "name": "X"}], 2, 8, "after the colon"),
    "- a\n-\u00a0b": (["a", "b"], 2, 2, "after the dash"),
    "c:\n\u00a0\u00a0email: x\nb: 2": ({"c": {"email": "x"}, "b": "2"}, 2, 1, "as indentation"),
    "c:\n \u3000email: x": ({"c": {"email": "x"}}, 2, 2, "as indentation"),
    "a: 1\n\u00a0\nb: 2": ({"a": "1", "b": "2"}, 2, 1, "empty line"),
    "name\u00a0: X": ({"name": "X"}, 1, 5, "before the colon"),
    "c: {a: 1,\u00a0b: 2}": ({"c": {"a": "1", "b": "2"}}, 1, 10, "before the key"),
    "t: |-\n  note:\u00a0x\n\n  end\nname:\u00a0X": ({"t": "note:\u00a0x\n\nend", "name": "X"}, 5, 6, "after the colon"),
    "- t: >\n    note:\u00a0x\n  name:\u00a0X": ([{"t": "note:\u00a0x\n", "name": "X"}], 3, 8, "after the colon"),
}  # fmt: skip


@pytest.mark.parametrize("text", SPACES)
def test_a_space_that_yaml_takes_for_a_letter_is_told_where_it_stands(text: str, tmp_path: Path) -> None:
    data, line, column, word = SPACES[text]
    file = _read(tmp_path, text + "\n")
    assert file.data == data
    assert [p.code for p in file.problems] == ["yaml.space"] and word in file.problems[0].message
    assert _told(file) == [("yaml.space", line, column)] and file.problems[0].hint == "type a plain space"


def test_other_mistakes_are_told_besides(tmp_path: Path) -> None:
    with pytest.raises(ReportError) as caught:
        _read(tmp_path, "name:\u00a0X\nb: 1\nc: x: y\n")
    assert [(p.code, p.location.line) for p in caught.value.problems] == [("yaml.space", 1), ("yaml.syntax", 3)]


@pytest.mark.parametrize(
    ("text", "data", "code", "place"),
    [
        ("a: |-\n  one\u2028two\nb: 1\n", {"a": "one two", "b": "1"}, "yaml.line", (2, 6)),
        ("a: one\x85two\nb: 1\n", {"a": "one two", "b": "1"}, "yaml.line", (1, 7)),
        ("# a \u2029 b\nb: 1\n", {"b": "1"}, "yaml.line", (1, 5)),
        ("a: 1\n\ufeffb: 2\n", {"a": "1", "b": "2"}, "yaml.line", (2, 1)),
        ("a: >-\n  one\n  t\ufffdo\n", {"a": "one t\ufffdo"}, "yaml.lost", (3, 4)),
        ("a: abc\u202edef\n", {"a": "abcdef"}, "yaml.unseen", (1, 7)),
        ("a: x\ufdd0y\n", {"a": "x\ufdd0y"}, "yaml.character", (1, 5)),
        ("a: x\U0001ffffy\n", {"a": "x\U0001ffffy"}, "yaml.character", (1, 5)),
        ('a: "one\n  t\\x01"\n', {"a": "one t\x01"}, "yaml.character", (2, 4)),
        ("a: b\u00a0# c\n", {"a": "b\u00a0# c"}, "yaml.comment", (1, 5)),
        ("a: Това е cпорт\n", {"a": "Това е cпорт"}, "yaml.letters", (1, 11)),
        ("a: ВG\n", {"a": "ВG"}, "yaml.letters", (1, 4)),
        ("a: оffice@example.org\n", {"a": "оffice@example.org"}, "yaml.letters", (1, 4)),
        ("a: ΑΒC\n", {"a": "ΑΒC"}, "yaml.letters", (1, 4)),
    ],
)
def test_what_changes_or_may_change_a_text_is_told(
    text: str, data: object, code: str, place: tuple[int, int], tmp_path: Path
) -> None:
    file = _read(tmp_path, text)
    assert (file.data, _told(file)) == (data, [(code, *place)])
    assert file.problems[0].severity is not Severity.NOTE


def test_control_characters_are_told_each_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(ReportError) as caught:
        _read(tmp_path, "a: x\x01y\nb: \x93c\x94\n")
    assert [(p.location.line, p.location.column) for p in caught.value.problems] == [(1, 5), (2, 4), (2, 6)]
    assert "charset" in str(caught.value.problems[1].hint)


def test_of_many_alike_the_first_is_told_with_their_number() -> None:
    text, signs = without_invisible("a\u200bb\u200bc")
    assert text == "abc" and [(s.at, s.message.rpartition("; ")[2]) for s in signs] == [(1, "there are 2 in this text")]
