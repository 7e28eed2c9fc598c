"""Languages without Python: catalogues to be translated, what they lack, what is another language's, and the fallback."""

from __future__ import annotations

import re
import shutil
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.messages.pofile import read_po, write_po

from report import pipeline
from report.language import catalogues, labels, related
from report.pipeline import wording
from report.values import Document, Problem, ReportError, Severity
from report.workspace import Workspace
from tests.conftest import ROOT

BULGARIAN = ROOT / "templates/locale/bg.po"
ANNEX = """documents:
  - id: annex
    kind: affiliations-annex
    title: {{en: Affiliations, bg: Членства}}
    languages: [{languages}]
    date: 2026-11-22
    {fallback}
"""


def ask(workspace: Workspace, languages: str, fallback: str = "en") -> None:
    """Let SPOC, alone in the workspace, ask for its annex in some languages."""
    shutil.rmtree(workspace.data / "lantern-bridge", ignore_errors=True)
    said = f"fallback: {fallback}" if fallback else ""
    text = ANNEX.format(languages=languages, fallback=said)
    (workspace.data / "spoc" / "documents.yaml").write_text(text, "utf-8")


def write(workspace: Workspace, language: str, text: str) -> Path:
    path = workspace.root / "templates/locale" / f"{language}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def compose(workspace: Workspace, language: str) -> Document:
    checked = pipeline.check(workspace, "spoc", templates=False)
    (job,) = pipeline.jobs(checked.dossier, (), (language,), ("html",))
    return pipeline.prepare(workspace, job)


def errors(workspace: Workspace, language: str) -> list[Problem]:
    with pytest.raises(ReportError) as caught:
        compose(workspace, language)
    return list(caught.value.problems)


def update(workspace: Workspace, language: str) -> catalogues.Update:
    needed = wording.needed(workspace, language)
    return catalogues.update(workspace, language, needed.labels, needed.kinds)


def put(workspace: Workspace, language: str) -> catalogues.Update:
    """Bring a catalogue up to date, on the disk."""
    made = update(workspace, language)
    if made.content is not None:
        made.path.parent.mkdir(parents=True, exist_ok=True)
        made.path.write_bytes(made.content)
    return made


def translate(path: Path) -> int:
    """Translate every empty label of a catalogue, as a translator's tool does: into one word and what stands as ``%(name)s``."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    count = 0
    for message in catalogue:
        if message.pluralizable and not all(message.string):
            message.string = tuple(" ".join(["Ж", *_filled(message.id[1])]) for _ in message.string)
        elif message.id and not message.string:
            message.string = " ".join(["Ж", *_filled(message.id)])
        else:
            continue
        count += 1
    with path.open("wb") as file:
        write_po(file, catalogue)
    return count


def _filled(label: str) -> list[str]:
    return re.findall(r"%\(\w+\)s", label)


def test_a_catalogue_begins_with_what_the_documents_here_print(workspace: Workspace) -> None:
    ask(workspace, "mk, bg")
    made = put(workspace, "mk")
    with made.path.open("rb") as file:
        catalogue = read_po(file)
    ids = [m.id[0] if m.pluralizable else m.id for m in catalogue if m.id]
    assert made.labels == len(ids) == len(made.open) > 400 and 30 < made.needed == made.open_needed < 70
    assert {"Member", "Annex to a grant application", "Table", "page %(page)s of %(pages)s"} <= set(ids[: made.needed])
    assert "%(n)s working group" in ids[: made.needed]
    assert "The data this document was made from" in ids[: made.needed], "what the program's own code says"
    assert {"Bar chart", "Nothing is open."} <= set(ids[made.needed :])
    head = made.path.read_text("utf-8").partition("\n\n")[0]
    assert '"Language: mk\\n"' in head and "nplurals=2; plural=" in head
    beside = catalogue["Member"].auto_comments
    assert beside == ["bg: Член"] and catalogue["Member"].string == ""
    assert update(workspace, "mk").content is None, "nothing is left to be brought up to date"


def test_a_catalogue_that_was_translated_makes_the_document(workspace: Workspace) -> None:
    ask(workspace, "mk")
    made = put(workspace, "mk")
    assert translate(made.path) == made.labels
    document = compose(workspace, "mk")
    assert not [p for p in document.left_out if p.code.startswith("label.")] and "Ж" in document.html
    assert '<span lang="en">Member<' not in document.html


def test_what_was_translated_is_kept(workspace: Workspace) -> None:
    ask(workspace, "mk")
    text = (
        'msgid ""\nmsgstr ""\n"Language: mk\\n"\n"Last-Translator: Ана Илиева\\n"\n"Plural-Forms: nplurals=2; plural=n==1?0:1;\\n"\n\n'
        '# запирка\nmsgid "Member"\nmsgstr "Членка"\n\n#, fuzzy\nmsgid "Partner"\nmsgstr "Партнер"\n\n'
        'msgid "%(n)s working group"\nmsgstr "%(n)s група"\n\nmsgid "%(n)s working groups"\nmsgstr "%(n)s групи"\n\n'
        'msgid "No template says this"\nmsgstr "Никој"\n\n#~ msgid "Network"\n#~ msgstr "Мрежа"\n'
    )
    path = write(workspace, "mk", text)
    made = put(workspace, "mk")
    with path.open("rb") as file:
        catalogue = read_po(file)
    assert catalogue["Member"].string == "Членка" and catalogue["Member"].user_comments == ["запирка"]
    assert catalogue["Partner"].fuzzy and "Partner" in made.open
    assert catalogue["%(n)s working group"].string == ("%(n)s група", "%(n)s групи"), "two labels are forms of one"
    assert catalogue["Network"].string == "Мрежа", "what was obsolete is asked for again"
    assert list(catalogue.obsolete) == ["No template says this"] and made.obsolete == 1
    assert "Ана Илиева" in path.read_text("utf-8") and catalogue.plural_expr == "n==1?0:1"


def test_a_workspace_holds_what_the_program_does_not_bring(workspace: Workspace) -> None:
    ask(workspace, "bg")
    own = workspace.root / "templates/affiliations-annex/sections/title.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("<h1>{% trans %}Our very own words{% endtrans %}</h1>\n", "utf-8")
    made = put(workspace, "bg")
    assert made.open == ("Our very own words",) and made.bundled > 400
    assert "Our very own words" in made.path.read_text("utf-8")
    ask(workspace, "bg", "")
    (problem,) = errors(workspace, "bg")
    assert "1 label of " in problem.message and "has no Bulgarian: “Our very own words”" in problem.message


@pytest.mark.slow
def test_every_language_of_the_cldr_has_a_rule_of_plurals() -> None:
    for language in (name for name in locale_identifiers() if "_" not in name):
        count, _, said = catalogues.plural_forms(language).removeprefix("nplurals=").partition("; plural=")
        rule, cldr = c2py(said), Locale.parse(language).plural_form
        pairs = {(cldr(number), rule(number)) for number in range(1000)}
        assert len(pairs) == int(count) == len({form for _, form in pairs}), language


@pytest.mark.parametrize(
    ("language", "others", "near"),
    [
        ("mk", ["bg", "he"], "bg"),
        ("uk", ["ar", "bg"], "bg"),
        ("ur", ["ar", "bg", "he"], "ar"),
        ("pt-BR", ["es", "pt"], "pt"),
        ("sr-Latn", ["bg"], None),
        ("el", ["bg", "he"], None),
    ],
)
def test_the_nearest_language_is_of_the_same_script(language: str, others: list[str], near: str | None) -> None:
    assert related.nearest(language, others) == near


def test_all_labels_that_a_catalogue_lacks_are_named_with_their_number(workspace: Workspace) -> None:
    ask(workspace, "mk", "bg")
    bare = compose(workspace, "mk")
    (all_,) = [p for p in bare.left_out if p.code == "label.fallback"]
    number = int(re.match(r"(\d+) labels of (\d+) have no Macedonian: ", all_.message)[1])
    write(workspace, "mk", 'msgid "Member"\nmsgstr "Членка"\n\nmsgid "Network"\nmsgstr "Мрежа"\n')
    documents = workspace.data / "spoc" / "documents.yaml"
    documents.write_text(documents.read_text("utf-8").replace("fallback: bg", "fallback: el"), "utf-8")
    write(workspace, "el", 'msgid "Relationship"\nmsgstr "Δεσμός"\n')
    for path in workspace.data.rglob("*.yaml"):
        if "bg:" in path.read_text("utf-8") and path.parent.name in ("spoc", "data"):
            path.write_text(path.read_text("utf-8").replace("bg:", "el:"), "utf-8")
    (problem,) = [p for p in errors(workspace, "mk") if p.code == "label.missing"]
    said = re.match(r"(\d+) labels of (\d+) have no Macedonian: ", problem.message)
    assert int(said[1]) == number - 3 and int(said[2]) == number, problem.message
    assert problem.message.count("“") == 4 and "“Member”" not in problem.message and "“Tie”" not in problem.message
    assert f", and {int(said[1]) - 4} more, which  report language mk --missing  lists" in problem.message
    assert len(problem.message) < 400
    assert "report language mk" in problem.hint and problem.location.path.name == "mk.po"


def test_missing_labels_are_told_beside_missing_facts(workspace: Workspace) -> None:
    ask(workspace, "en, mk", "")
    path = write(workspace, "mk", 'msgid "Member"\nmsgstr "Членка"\n')
    checked = pipeline.check(workspace, "spoc")
    (problem,) = [p for p in checked.errors if p.code == "label.missing"]
    assert re.match(r"42 labels of 43 have no Macedonian: ", problem.message) and problem.location.path == path
    assert any(p.code == "text.missing" for p in checked.errors)
    assert not pipeline.check(workspace, "spoc", templates=False).stops("annex", "en")


def test_a_language_without_a_catalogue_stops_its_own_documents(workspace: Workspace) -> None:
    ask(workspace, "en, mk, sr", "")
    checked = pipeline.check(workspace, "spoc", templates=False)
    told = [p for p in checked.errors if p.code == "document.language"]
    assert [p.location.line for p in told] == [5, 5] and "labels of" in told[0].message
    assert "have no Macedonian: " in told[0].message and "have no Serbian: " in told[1].message
    assert "“Annex to a grant application”" in told[0].message and "report language mk" in told[0].hint
    assert not checked.stops("annex", "en") and checked.stops("annex", "mk")


def test_documents_in_a_language_without_a_catalogue_are_told_together(workspace: Workspace) -> None:
    asked = [
        ("annex", "en, mk", ""),
        ("report", "mk", ""),
        ("other", "en", ""),
        ("third", "sr, mk", ""),
        ("own", "mk", ", fallback: en"),
    ]
    lines = (
        f"  - {{id: {name}, kind: affiliations-annex, title: {{en: A, mk: A, sr: A}}, languages: [{spoken}]{more}, date: 2026-03-31}}\n"
        for name, spoken, more in asked
    )
    (workspace.data / "spoc" / "documents.yaml").write_text("documents:\n" + "".join(lines), "utf-8")
    checked = pipeline.check(workspace, "spoc", templates=False)
    told = [p for p in checked.errors if p.code == "document.language"]
    assert [p.location.line for p in told] == [2, 5] and all(len(p.message) < 300 for p in told)
    assert "Macedonian" in told[0].message and "3 documents are asked for in it" in told[0].message
    assert "Serbian" in told[1].message and "documents are" not in told[1].message
    stopped = {
        (name, language) for name, *_ in asked for language in ("en", "mk", "sr") if checked.stops(name, language)
    }
    assert {("annex", "mk"), ("report", "mk"), ("third", "mk"), ("third", "sr")} <= stopped
    assert not {("annex", "en"), ("other", "en"), ("own", "mk")} & stopped


PLAIN = {"kind.yaml": "name: Plain\nsections: [all]\n", "body.html.j2": '<section>{% include "plain/sections/all.html.j2" %}</section>', "sections/all.html.j2": "<h1>{{ organisation.name|text }}</h1>\n"}  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "line", "said"),
    [
        (["nope", "affiliations-annex"], 3, r"(\d+) labels of \1 have no Macedonian: “.*; 2 documents are asked for in it"),
        (["nope", "none", "affiliations-annex", "annual-report"], 4, r"(\d+) labels of \1 have no Macedonian: “.*; 4 documents are asked for in it"),
        (["plain", "affiliations-annex"], 3, r"(\d+) labels of \1 have no Macedonian: “[^;]*"),
        (["plain", "nope", "annual-report", "affiliations-annex"], 4, r"(\d+) labels of \1 have no Macedonian: “.*; 3 documents are asked for in it"),
        (["nope"], 2, r"there is no catalogue of labels in Macedonian"),
        (["nope", "none"], 2, r"there is no catalogue of labels in Macedonian; 2 documents are asked for in it"),
        (["plain"], None, ""),
    ],
)  # fmt: skip
def test_the_labels_that_are_counted_are_those_of_a_kind_that_there_is(workspace: Workspace, kinds: list[str], line: int | None, said: str) -> None:  # fmt: skip
    shutil.rmtree(workspace.data / "lantern-bridge", ignore_errors=True)
    for name, text in PLAIN.items():
        path = workspace.root / "templates" / "plain" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    more = "title: {mk: А}, languages: [mk], year: 2025, date: 2026-03-31"
    lines = (f"  - {{id: d{n}, kind: {name}, {more}}}\n" for n, name in enumerate(kinds))
    (workspace.data / "spoc" / "documents.yaml").write_text("documents:\n" + "".join(lines), "utf-8")
    told = [
        p
        for p in pipeline.check(workspace, "spoc", templates=False).errors
        if p.code == "document.language" or "label" in p.code
    ]
    assert [p.location.line for p in told] == [line] * bool(line), told
    assert all(re.fullmatch(said, p.message) for p in told), told


@pytest.mark.parametrize("count", [1, 4, 5, 6, 200])
def test_of_many_labels_the_first_are_named(count: int) -> None:
    said = labels.lack([f"L{n}" for n in range(count)], 200, "mk")
    named = count if count <= 5 else 4
    assert said.count("“") == named and (f"and {count - named} more" in said) == (count > named)


@pytest.mark.parametrize(("language", "line"), [("mk", 4), ("pl", 4)])
def test_a_catalogue_that_says_it_is_another_language_s(workspace: Workspace, language: str, line: int) -> None:
    ask(workspace, f"bg, {language}")
    path = write(workspace, language, BULGARIAN.read_text("utf-8"))
    (problem,) = errors(workspace, language)
    assert problem.code == "label.language" and "Language: bg" in problem.message
    assert problem.location.path == path and problem.location.line == line
    assert compose(workspace, "bg")
    with pytest.raises(ReportError, match="Language: bg"):
        update(workspace, language)


@pytest.mark.parametrize(("language", "header"), [("mk", "mk"), ("sr-Latn", "sr@latin"), ("uk", "uk_UA")])
def test_a_copied_catalogue_is_the_other_language_s(workspace: Workspace, language: str, header: str) -> None:
    ask(workspace, f"bg, {language}")
    path = write(workspace, language, BULGARIAN.read_text("utf-8").replace("Language: bg", f"Language: {header}"))
    (problem,) = errors(workspace, language)
    assert problem.code == "label.language" and "are Bulgarian" in problem.message and problem.location.path == path
    assert compose(workspace, "bg"), "the one that was there before is not to blame"


def test_a_catalogue_of_english_words_is_told(workspace: Workspace) -> None:
    ask(workspace, "pl")
    made = put(workspace, "pl")
    with made.path.open("rb") as file:
        words = [m.id for m in read_po(file) if isinstance(m.id, str) and m.id]
    write(workspace, "pl", "".join(f'msgid "{w}"\nmsgstr "{w}"\n\n' for w in words[:60] if '"' not in w))
    (problem,) = errors(workspace, "pl")
    assert problem.code == "label.language" and "are English" in problem.message


def test_two_standards_of_one_language_may_say_the_same(workspace: Workspace) -> None:
    ask(workspace, "hr, sr-Latn")
    words = [f"Word {n}" for n in range(40)]
    same = "".join(f'msgid "{w}"\nmsgstr "Riječ {n}"\n\n' for n, w in enumerate(words))
    write(workspace, "hr", same)
    write(workspace, "sr-Latn", same)
    assert labels.load(workspace, "sr-Latn").has("Word 1")
    write(workspace, "sl", same)
    with pytest.raises(ReportError, match="Slovenian"):
        labels.load(workspace, "sl")


@pytest.mark.parametrize(("language", "fallback", "name"), [("mk", "en", "English"), ("pl", "bg", "Bulgarian")])
def test_the_fallback_covers_labels(workspace: Workspace, language: str, fallback: str, name: str) -> None:
    ask(workspace, language, fallback)
    write(workspace, language, 'msgid "Network"\nmsgstr "XYZ"\n\nmsgid "Table"\nmsgstr "QQ"\n')
    document = compose(workspace, language)
    word = labels.load(workspace, fallback).get("Role")
    assert f'<th scope="col"><span lang="{fallback}">{word}</span></th>' in document.html
    assert '<th scope="col">XYZ</th>' in document.html and ">QQ 1.</b>" in document.html
    assert "\ue000" not in document.html and "\ue001" not in document.html
    (told,) = [p for p in document.left_out if p.code == "label.fallback"]
    assert told.severity is Severity.WARNING and f"they are shown in {name}" in told.message
    page = labels.load(workspace, fallback).get("page %(page)s of %(pages)s").partition("%")[0]
    assert f'<span lang="{fallback}">{page}<span data-field="page"></span>' in document.html
    names = re.search(r'<p class="intro"><span lang="..">[^<]*<span lang="(..)">([^<]*)', document.html)
    assert names and names[2] == "SPOC", "what is filled in keeps its language"


def test_labels_of_the_fallback_lose_their_marks_where_none_can_be(workspace: Workspace) -> None:
    ask(workspace, "mk", "en")
    own = workspace.root / "templates/affiliations-annex/sections/title.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text(
        "<h1>{% trans %}Our <em>very</em> own{% endtrans %}</h1>"
        '<p title="{% trans %}A title{% endtrans %}">{% trans n=3 %}{{ n }} thing{% pluralize %}{{ n }} things{% endtrans %}</p>\n',
        "utf-8",
    )
    html = compose(workspace, "mk").html
    assert '<h1 id="our-very-own"><span lang="en">Our <em>very</em> own</span></h1>' in html
    assert 'title="A title"' in html and '<span lang="en">3 things</span>' in html


def test_figures_are_marked_where_their_words_are_of_the_fallback(small: Workspace) -> None:
    documents = small.data / "lantern-bridge" / "documents.yaml"
    text = documents.read_text("utf-8").replace("languages: [en, bg]", "languages: [mk, bg]\n    fallback: bg")
    documents.write_text(text, "utf-8")
    write(small, "mk", 'msgid "Income by source"\nmsgstr "Приход"\n')
    dossier = pipeline.check(small, "lantern-bridge", templates=False).dossier
    job = next(job for job in pipeline.jobs(dossier, (), ("mk",), ("html",)) if "report" in job.document)
    html = pipeline.prepare(small, job).html
    assert '<figcaption><b class="caption-label"><span lang="bg">Фигура</span> 1.</b>' in html
    assert re.search(r'<th scope="col"><span lang="bg">Категория</span></th>', html), "heads of the figures' tables"
