"""Marks, lists and languages in texts: what is wrong is told where it stands in the file, however the text is written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from report import pipeline
from report.values import Problem
from report.workspace import Workspace

HEAD = "name: Amani\ncountry: KE\nlanguages: [en]\n"
DOCUMENT = (
    "documents:\n  - {id: a, kind: annual-report, title: A, languages: [en], formats: [html], date: 2025-03-01}\n"
)
LINES = HEAD.count("\n")


def problems(folder: Path, text: str) -> list[Problem]:
    """Return what is wrong with an organisation of a few facts and these."""
    own = folder / "data" / "amani"
    own.mkdir(parents=True, exist_ok=True)
    (own / "documents.yaml").write_text(DOCUMENT, "utf-8")
    (own / "organisation.yaml").write_text(HEAD + text + "\n", "utf-8")
    return [*pipeline.check(Workspace.at(folder), "amani").problems]


def told(found: list[Problem]) -> list[tuple[str, int, int]]:
    return [(p.code, (p.location.line or 0) - LINES, p.location.column or 0) for p in found if p.location]


# what is written from the fourth line on: the code, the line from there and the column
MARKS = {
    "about: |-\n  One.\n\n  # Two\n  three": ("text.markup", 4, 3),
    "about: |-\n  Two\n  ===\n  three": ("text.markup", 3, 3),
    "about: |-\n  Two\n\n  ---\n\n  three": ("text.markup", 4, 3),
    "about: |-\n  One.\n\n  > Two": ("text.markup", 4, 3),
    "about: |-\n  One.\n\n  | a | b |\n  |---|---|\n  | c | d |": ("text.markup", 4, 3),
    "about: |-\n  One.\n\n  a | b\n  --|--\n  c | d": ("text.markup", 5, 3),
    "about: >-\n  One\n  and <b>two</b>": ("text.markup", 3, 7),
    "about: >-\n  One\n\n  two <!-- three -->": ("text.markup", 4, 7),
    "about: 'It''s one\n\n  and two&nbsp;three'": ("text.markup", 3, 10),
    'about: "It\\u0027s one\\n\\\n  and ![two](three.png)"': ("text.markup", 2, 7),
    "about: One\n  two[^1]": ("text.markup", 2, 6),
    "about: |-\n  See [us][1].\n\n  [1]: https://example.org": ("text.markup", 2, 7),
    "about: |-\n  See <https://example.org>.": ("text.markup", 2, 7),
    "about: |-\n  One\n  ```\n  two\n  ```": ("text.markup", 3, 3),
    "about: |-\n  One ~~two~~": ("text.markup", 2, 7),
    "about: |-\n  One `two`": ("text.markup", 2, 7),
    "about: |-\n  - [ ] one\n  - [x] two": ("text.markup", 2, 3),
    "legal_form: |-\n  One\n  **two**": ("text.markup", 3, 3),
    "about: |-\n  One\n  two\tthree": ("text.tab", 3, 6),
    'legal_form: "One\\ttwo"': ("text.tab", 1, 17),
    "legal_form: 'One *two*'": ("text.markup", 1, 18),
    "legal_form: One [two](https://example.org)": ("text.markup", 1, 17),
    "about: |-\n  One\n  [two](three.html)": ("text.link", 3, 9),
    "about: >-\n  One\n  [two]{lang=EN}": ("text.mark", 3, 8),
    "about: |-\n  One [two]{lang=bgx}": ("text.mark", 2, 18),
    "about: |-\n  [Komitee]{lang=de} and <b>": ("text.markup", 2, 26),
}


@pytest.mark.parametrize("text", MARKS)
def test_a_mark_is_told_at_its_place(text: str, tmp_path: Path) -> None:
    code, line, column = MARKS[text]
    found = problems(tmp_path, text)
    assert (code, line, column) in told(found), told(found)
    assert all(p.hint for p in found)


# lists that are none, and lists whose lines YAML joins
LISTS = {
    "about: |-\n  One.\n\n  1.1. two\n  1.2. three": (4, 3),
    "about: |-\n  ✓ one\n  ✓ two": (2, 3),
    "about: |-\n  A. Smith\n  B. Jones": (2, 3),
    "about: |-\n  Words\n  5. one\n  7. two": (3, 3),
    "legal_form: |-\n  Words\n  - one\n  - two": (3, 3),
    "about: >-\n  Words:\n  - one\n  - two": (3, 3),
    "about: >-\n  One.\n\n  a) two\n  b) three": (4, 3),
    "about: >-\n  1. one\n  2. two": (2, 3),
    "about: |-\n  (¹) one\n  (²) two": (2, 3),
    "about: |-\n  Words\n  ①) one\n  ②) two": (3, 3),
    "about: |-\n  ١. one\n  ٢. two": (2, 3),
    "about: |-\n  Call:\n  + 359 2 111\n  + 359 2 222": (3, 3),
    "about: |-\n  12345. one\n  12346. two": (2, 3),
    "about: |-\n  Words\n  1234567890. one\n  1234567891. two": (3, 3),
    "about: |-\n  xxxix) one\n  xl) two": (2, 3),
    "about: |-\n  (LXXXVIII) one\n  (LXXXIX) two": (2, 3),
    "about: |-\n  xlviii. one\n  xlix. two": (2, 3),
    "about: |-\n  1a) one\n  1b) two": (2, 3),
    "about: |-\n  a)\n  b) two": (2, 3),
    "about: Words\n  • one\n  • two": (2, 3),
    "about: 'Words\n  1) one\n  2) two'": (2, 3),
    'about: "Words\n  – one\n  – two"': (2, 3),
}


@pytest.mark.parametrize("text", LISTS)
def test_a_list_that_is_printed_as_a_paragraph_is_told_at_its_first_line(text: str, tmp_path: Path) -> None:
    assert [one for one in told(problems(tmp_path, text)) if one[0] != "document.empty"] == [
        ("text.list", *LISTS[text])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "about: |-\n  a) one\n  b) two",
        "about: >-\n  - one\n\n  - two",
        "about: |-\n  It began in\n  2007. That was\n  2008. And so on.",
        "about: >-\n  We were\n  5. of 7 in\n  2007. Then 2008.",
        "about: |-\n  A text with 3 > 2, a_b, *c*, **d**, R&D; and [e](https://example.org).",
        "about: |-\n  She said:\n  – Well.",
        "mission: |-\n  Peace for all.\n  ²) Since 2010.",
        "about: |-\n  1.\n  2. two",
        "about: |-\n  - + 359 2 111\n  - + 359 2 222",
        "about: |-\n  1. May\n  2. June",
        "about: |-\n  - 1. May\n  - 1. June",
        "about: |-\n  The members of the civil\n  service (in Berlin) and their\n  mild. climate",
        "mission: One - two - three. A * B * C.",
        "about: |-\n  1.   one\n  2.   two\n  4.   four",
        "about: |-\n  -   one\n      -   two",
        "about: |-\n  12 Pier,\n  Mombasa",
        "about: |-\n  12 Pier \\\n  Mombasa",
        "about: |-\n  We read.\n  We sing.\n  We sail.",
        "about: |-\n  The society helps\n  those who need it, and\n  Others too.",
        "about: >-\n  One.\n\n\n  Two.",
        "about: >-\n  One.  Two.  Three.\n  Four.  Five.",
        "mission: Peace.\ncontact:\n  address: |-\n    12 Pier\n    Mombasa",
        "about: |-\n  **One** is\n  **two** halves.",
    ],
)
def test_ordinary_texts_are_left_in_peace(text: str, tmp_path: Path) -> None:
    assert problems(tmp_path, text) == []


# lines that are printed as one, and items that are printed with other numbers: the code, the line and the column
LINES_OF = {
    "about: |-\n  12 Pier\n  Mombasa\n  Kenya": ("text.lines", 2, 3),
    "about: |-\n  Our partners:\n  Jane Doe\n  Ann Roe": ("text.lines", 3, 3),
    "about:\n  en: |-\n    We are here.\n\n    - ул. „Шипка“ 1\n      София 1000": ("text.lines", 5, 5),
    "about: |-\n  **Jane Doe**\n  **Ann Roe**": ("text.lines", 2, 3),
    "about: |-\n  One.\n\n  **Our work**\n  We help where we can.": ("text.lines", 4, 3),
    "about: >-\n  One\n\n  12 Pier\n  Mombasa": ("text.lines", 4, 3),
    "about: >-\n  One line and\n  more.\n\n  Two.": ("text.lines", 5, 3),
    "about: 'It''s one.\n\n  two.'": ("text.lines", 3, 3),
    "contact:\n  address: 12 Pier\n    Mombasa": ("text.lines", 2, 12),
    "about: |-\n  Name    Sum\n  One     2": ("text.table", 2, 3),
    "about: |-\n  One:\n  name\t2\n  other\t3": ("text.table", 3, 3),
    "legal_form: |-\n  one  two\n  a  b": ("text.table", 2, 3),
    "about: >-\n  One:\n\n  name    2\n  other   3": ("text.table", 4, 3),
    "about: |-\n  Rent (2020)   500\n  Food (2021)   600": ("text.table", 2, 3),
    "about: |-\n  One!  2\n  A - b   500\n  C - d   600": ("text.table", 3, 3),
    "about: |-\n  1. May\n  1. June": ("text.number", 2, 3),
    "about: |-\n  Words:\n  1. 5. 2004\n  1. 6. 2004": ("text.number", 3, 3),
    "about: |-\n  1. Set of books\n  1. Other": ("text.number", 3, 3),
    "about: One   two": ("text.spaces", 1, 11),
    "legal_form: |-\n  Words.\n  One     two": ("text.spaces", 3, 6),
    "about: |-\n  1. one\n  1. two": ("text.number", 3, 3),
    "about: |-\n  01. one\n  02. two": ("text.number", 2, 3),
    "about: |-\n  Words:\n\n  007) one\n  008) two": ("text.number", 4, 3),
    "about: |-\n  a- one\n  b- two": ("text.list", 2, 3),
    "about: |-\n  tel: one\n  fax: two": ("text.list", 2, 3),
    "about: |-\n  - one\n  ✓ two": ("text.list", 3, 3),
    "about: |-\n  1. one\n  2. two\n  (x) three": ("text.list", 4, 3),
    "about: |-\n  It was\n  -5 degrees\n  -6 degrees": ("text.list", 3, 3),
    "about: |-\n  Words\n  1989. one\n  1990. two\n  1995. three": ("text.list", 3, 3),
}


@pytest.mark.parametrize("text", LINES_OF)
def test_what_is_printed_otherwise_than_it_is_written_is_told(text: str, tmp_path: Path) -> None:
    found = [p for p in problems(tmp_path, text) if p.code.startswith("text.")]
    assert told(found) == [LINES_OF[text]]
    assert all(p.hint for p in found)


# a language that there is not: the line and column of its key, and what is likely meant
LANGUAGES = {
    "mission: {en: Peace, bgx: Мир}": (1, 22, "write bg"),
    "mission:\n  en: Peace\n  engl: Peace": (3, 3, "write en"),
    "mission:\n  en: Peace\n  EN: Peace": (3, 3, "write en"),
    "mission:\n  en: Peace\n  bg_BG: Мир": (3, 3, "write bg"),
    "mission:\n  en: Peace\n  'de-ch ': Frieden": (3, 3, "write de-CH"),
    "mission:\n  en: Peace\n  српски: Мир": (3, 3, "write sr"),
    "mission:\n  en: Peace\n  английски: Peace": (3, 3, "write en"),
    "mission:\n  en: Peace\n  bul: Мир": (3, 3, "write bg"),
    "about: {short: {en: Peace, bgx: Мир}}": (1, 28, "write bg"),
    "registrations:\n  - {registry: {en: Court, bgg: Съд}, number: '1'}": (2, 28, "write bg"),
}


@pytest.mark.parametrize("text", LANGUAGES)
def test_a_language_that_there_is_not_is_told_at_its_key(text: str, tmp_path: Path) -> None:
    line, column, hint = LANGUAGES[text]
    found = problems(tmp_path, text)
    assert ("text.language", line, column) in told(found), told(found)
    assert [p.hint for p in found if p.code == "text.language"] == [hint]


def test_a_missing_text_is_told_besides(tmp_path: Path) -> None:
    (tmp_path / "data" / "amani").mkdir(parents=True)
    text = "mission: {en: Peace, bgx: Мир}"
    problems(tmp_path, text)
    documents = tmp_path / "data" / "amani" / "documents.yaml"
    documents.write_text(DOCUMENT.replace("[en]", "[bg]"), "utf-8")
    codes = [p.code for p in pipeline.check(Workspace.at(tmp_path), "amani").problems]
    assert {"text.language", "text.missing"} <= set(codes)


def test_a_character_that_no_font_has_is_told_where_it_stands(tmp_path: Path) -> None:
    found = problems(tmp_path, "about: >-\n  One\n\n  two 協 three\nvision: 'It''s\n  協'")
    assert sorted(one for one in told(found) if one[0] != "text.lines") == [
        ("glyph.missing", 4, 7),
        ("glyph.missing", 6, 3),
    ]


def test_a_character_of_another_fact_is_told_where_it_stands(tmp_path: Path) -> None:
    problems(tmp_path, "registrations:\n  - {registry: Court, number: '12協3'}\ncontact: {phone: +254 會 1}")
    found = pipeline.check(Workspace.at(tmp_path), "amani").problems
    assert ("glyph.missing", 2, 34) in told([*found])
