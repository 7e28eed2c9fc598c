"""Passages where a template has one line for them: the same sentence in every format, without a sign of Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as WordFile

from report import pipeline
from report.language.writer import Writer
from report.model.passages import lines, markdown, one_line
from report.model.text import Passage, Text
from report.profiles.limits import fit
from report.workspace import Workspace

NBSP = "\u00a0"
# a passage, as a line of HTML and as plain text
LINES = {
    "- a\n- b": ("a; b", "- a\n- b"),
    "We have\n- *a*,\n- b.\n- c\n\nMore \\- and more": (
        "We have: <em>a</em>, b. c. More - and more",
        "We have\n- a,\n- b.\n- c\n\nMore - and more",
    ),
    "**Our work**\n\nWe help.\n\nAlways": (
        "<strong>Our work</strong>. We help. Always",
        "Our work\n\nWe help.\n\nAlways",
    ),
    "1. one\n  - a\n  - b\n2. two\n4. four": ("1. one: a; b; 2. two; 4. four", "1. one\n  - a\n  - b\n2. two\n4. four"),
    "1. one\n2) two": ("1. one; 2) two", "1. one\n2) two"),
    "1. \n2. two": ("1. 2. two", "1.\n2. two"),
    "5)\n6)\n\nAnd so on": ("5); 6). And so on", "5)\n6)\n\nAnd so on"),
    "i) one\niii) three": ("i) one; iii) three", "i) one\niii) three"),
    "Имаме\n– хляб;\n– „вода“\n\nИ мир": ("Имаме: хляб; „вода“. И мир", "Имаме\n- хляб;\n- „вода“\n\nИ мир"),
    "See [us](https://example.org/a)\nand [mail](mailto:a@example.org).": (
        'See <a href="https://example.org/a">us</a>\nand <a href="mailto:a@example.org">mail</a>.',
        "See us (https://example.org/a) and mail (a@example.org).",
    ),
    "[https://example.org](https://example.org)": (
        '<a href="https://example.org">https://example.org</a>',
        "https://example.org",
    ),
    "The [Verein]{lang=de}\n\n“Words.”": ('The <span lang="de">Verein</span>. “Words.”', "The Verein\n\n“Words.”"),
    "12 Pier\\\nMombasa": ("12 Pier<br>\nMombasa", "12 Pier\nMombasa"),
    "5 \\* 4 \\_ 3": ("5 * 4 _ 3", "5 * 4 _ 3"),
}


@pytest.mark.parametrize("text", LINES)
def test_a_passage_in_a_line_is_a_sentence(text: str) -> None:
    line, plain = LINES[text]
    writer, passage = Writer("en"), Passage.validate({"short": text, "full": text}, "en")
    written = [writer.text(passage), writer.text(passage.longest), writer.short(passage), writer.medium(passage)]
    assert [str(one).replace("<br />", "<br>") for one in written] == [line] * 4
    assert writer.plain(passage.shortest) == re.sub("<br>\n", ", ", re.sub("</?(?:a|em|span|strong)[^<>]*>", "", line)).replace("\n", " ")  # fmt: skip
    counted = fit(passage, "en", None)
    assert counted and counted.text == plain


@pytest.mark.parametrize(
    ("text", "line"),
    [("“A <b” & {lang=\n\n<c", "“A <b” & {lang=. <c"), ("A (b!)”\n\nc", "A (b!)” c"), (") ”\n\nc", ") ” c"), ("A {b}\n\nc", "A {b}. c"), ("A &gt;.&quot;\n\nc", "A &gt;.&quot; c"), ("[A.]{lang=de}\n\nc", "[A.]{lang=de} c")],
)  # fmt: skip
def test_what_ends_a_sentence_is_seen_behind_quotes_and_brackets(text: str, line: str) -> None:
    assert one_line.plain(text) == line


LONG = {
    "spaces": f"Ab{' ' * 99_000}x\nCd",
    "brackets": f"{')' * 99_000}x\n\nb",
    "spaces of no break": f"Ab{NBSP * 99_000}x\nCd",
    "spaces at the end": f"b{' ' * 99_000}x\n\nb",
    "lists": "1. a\n1. b\n\ntext\n\n" * 5_000,
}


@pytest.mark.quick("brackets", "spaces of no break")
@pytest.mark.parametrize("name", LONG)
def test_long_texts_of_one_sign_take_time_in_proportion_to_their_length(name: str) -> None:
    text, writer = LONG[name], Writer("en")
    for line in (lines.table, lines.separate, lines.run_together):
        line(text, frozenset(markdown.items(text)))
    passage = Passage.validate(text, "en")
    words = {word.strip(";.,") for word in text.split()}
    assert words <= {word.strip(";.,") for word in writer.plain(passage).split()}
    assert writer.rich(passage) and [*markdown.renumbered(text)][:1] == ([(1, "1", "2")] if name == "lists" else [])


def test_words_that_are_no_passage_stay_as_they_are() -> None:
    text = Text.validate("A \\- B *c*", "en")
    assert (Writer("en").text(text), Writer("en").plain(text)) == ("A \\- B *c*", "A \\- B *c*")


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("12 Pier\nMombasa\nKenya", "12 Pier, Mombasa, Kenya"),
        ("12 Pier,\nMombasa", "12 Pier,\nMombasa"),
        ("ул. „Шипка“ 1\nСофия 1000", "ул. „Шипка“ 1, София 1000"),
        ("Post:\n12 Pier\nMombasa", "Post: 12 Pier, Mombasa"),
        ("a sentence that\ngoes on", "a sentence that\ngoes on"),
    ],
)
def test_the_lines_of_an_address_have_commas(address: str, line: str) -> None:
    text = Text.validate(address, "en")
    assert Writer("en").text(text) == Writer("en").plain(text) == line


def test_long_passages_take_time_in_proportion_to_their_length() -> None:
    text = "\n".join(f"{number}. item {'<' * 9} “" for number in range(1, 3000))
    assert one_line.plain(text).count("; ") == 2998


FACTS = """\
name: {en: Amani, bg: Амани}
country: KE
languages: [en, bg]
about:
  medium:
    en: "Founded by sailors \\\\- and **still theirs**.\\n\\n1. teach\\n2. sail\\n4. mend"
    bg: "Основано от моряци \\\\- и **още тяхно**.\\n\\n1. учим\\n2. плаваме\\n4. шием"
mission: {en: "Three things\\n- *light*\\n- peace\\n\\nAnd bread", bg: "Три неща\\n– *светлина*\\n– мир\\n\\nИ хляб"}
contact: {address: {en: "12 Pier\\nMombasa", bg: "Кей 12\\nМомбаса"}}
"""
DOCUMENTS = """\
documents:
  - {id: a, kind: capacity-statement, title: {en: A, bg: А}, languages: [en, bg], formats: [html, pdf, docx], date: 2025-03-01}
  - {id: b, kind: brochure-booklet, title: {en: B, bg: Б}, languages: [en, bg], formats: [pdf], date: 2025-03-01}
"""
SAID = {
    "en": ("Founded by sailors - and still theirs. 1. teach; 2. sail; 4. mend", "Three things: light; peace. And bread", "12 Pier, Mombasa"),
    "bg": ("Основано от моряци - и още тяхно. 1. учим; 2. плаваме; 4. шием", "Три неща: светлина; мир. И хляб", "Кей 12, Момбаса"),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what is read in each file, by its name."""
    folder = tmp_path_factory.mktemp("passages")
    own = folder / "data" / "amani"
    own.mkdir(parents=True)
    (own / "organisation.yaml").write_text(FACTS, "utf-8")
    (own / "documents.yaml").write_text(DOCUMENTS, "utf-8")
    workspace = Workspace.at(folder)
    for job in pipeline.jobs(pipeline.check(workspace, "amani").dossier, (), (), ()):
        pipeline.run(workspace, job)
    return {one.name: _read(one) for one in (folder / "output" / "amani").rglob("*.*")}


def _read(path: Path) -> str:
    if path.suffix == ".html":
        words = re.sub(r"<[^<>]*>", "", path.read_text("utf-8").partition("<body")[2])
    elif path.suffix == ".docx":
        words = " ".join(paragraph.text for paragraph in WordFile(str(path)).paragraphs)
    else:
        with pypdfium2.PdfDocument(path) as file:
            words = " ".join(page.get_textpage().get_text_range() for page in file)
    return " ".join(words.split())


@pytest.mark.parametrize("language", SAID)
def test_every_format_has_the_same_sentence(language: str, made: dict[str, str]) -> None:
    for name in (f"a-{language}.html", f"a-{language}.pdf", f"a-{language}.docx", f"b-{language}.pdf"):
        assert all(said in made[name] for said in SAID[language]), (name, made[name])
        assert not re.search(r"\\|\*", made[name]), name
