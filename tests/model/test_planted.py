"""Mistakes planted in good data: each is found, at its line, with a word on what to do."""

from __future__ import annotations

import shutil

import pytest

from report import pipeline
from report.source import suggest
from report.values import Problem, Severity
from report.workspace import Workspace
from tests.conftest import change

# what is planted: file, the text that is replaced, its replacement, the code expected, a word of the hint or message
PLANTED = {
    "unknown key": ("spoc/organisation.yaml", "legal_form:", "legal_from:", "data.unknown", "legal_form"),
    "an unknown key without a value": ("spoc/organisation.yaml", "legal_form:", "legal_from:\nlegal_form:", "data.unknown", "legal_form"),
    "a language that there is not, without a text": ("spoc/organisation.yaml", "bg: сдружение}", "bg: сдружение, english: }", "data.unknown", "english"),
    "a comma in a number": ("networks.yaml", "value: 560", "remark: {en: 1,200}\n        value: 560", "yaml.comma", "1200"),
    "unknown network": ("spoc/affiliations.yaml", "network: united", "network: untied", "id.unknown", "united"),
    "unknown affiliation": ("spoc/objectives.yaml", "  - id: un-committee\n    kind: joint\n    affiliations: [nnc]",
                            "  - id: un-committee\n    kind: joint\n    affiliations: [ncc]", "id.unknown", "nnc"),
    "unknown institution": ("spoc/affiliations.yaml", "invited_by: unicef-bg", "invited_by: unicef", "id.unknown", "unicef-bg"),
    "unknown funder": ("networks.yaml", "funders: [mfa-france]", "funders: [mfa-frence]", "id.unknown", "mfa-france"),
    "unknown source": ("spoc/organisation.yaml", "source: spoc-membership-page", "source: spoc-page", "id.unknown", "spoc-membership"),
    "not one of the kinds": ("spoc/affiliations.yaml", "kind: representative", "kind: represantative", "data.literal_error", "representative"),
    "a word for a number": ("networks.yaml", "value: 560", "value: many", "data.decimal_parsing", "number"),
    "a list for a text": ("networks.yaml", "en: UNITED}\n    scope: european", "en: UNITED}\n    scope: [european]", "data.literal_error", "one of"),
    "a text for a list": ("spoc/documents.yaml", "languages: [en, bg]", "languages: en", "data.tuple_type", "list"),
    "a text for a record": ("spoc/affiliations.yaml", "working_groups: {joined: 2}", "working_groups: 2", "data.model_type", "record"),
    "a duplicate key": ("spoc/organisation.yaml", "country: BG", "country: BG\ncountry: FR", "yaml.duplicate", "twice"),
    "a duplicate id": ("spoc/objectives.yaml", "id: ecsa-safety", "id: participation", "id.duplicate", "twice"),
    "a missing translation": ("spoc/organisation.yaml", "name: {en: Association SPOC, bg: Сдружение SPOC}", "name: {en: Association SPOC}",
                              "text.missing", "bg"),
    "a plain text": ("spoc/organisation.yaml", "legal_form: {en: association, bg: сдружение}", "legal_form: association", "text.missing", "bg"),
    "an impossible month": ("networks.yaml", "date: 2006", "date: 2006-13", "date.impossible", "no month 13"),
    "an impossible day": ("networks.yaml", "date: 2006", "date: 2006-02-30", "date.impossible", "no day 30"),
    "a date with points": ("networks.yaml", "date: 2006", "date: 2006.09.01", "date.form", "write 2006-09-01"),
    "a month by its name": ("networks.yaml", "date: 2006", "date: 1 Sept 2006", "date.form", "write 2006-09-01"),
    "a month by its Bulgarian name": ("networks.yaml", "date: 2006", "date: 1 септември 2006 г.", "date.form", "write 2006-09-01"),
    "a month that comes first": ("networks.yaml", "date: 2006", "date: September 2006", "date.form", "write 2006-09"),
    "a day before its month": ("networks.yaml", "date: 2006", "date: 2006-31-01", "date.impossible", "write 2006-01-31"),
    "the day after the last": ("networks.yaml", "date: 2006", "date: 2006-02-29", "date.impossible", "last day is 28"),
    "no such year": ("networks.yaml", "date: 2006", "date: 0206", "date.impossible", "four digits"),
    "a space in a number": ("networks.yaml", "value: 560", "value: 4 050", "data.decimal_parsing", "write 4050"),
    "a sign of per cent": ("networks.yaml", "value: 560", "value: 97.5 %", "data.decimal_parsing", "write 97.5"),
    "a sign of a currency": ("networks.yaml", "value: 560", "value: £4050", "data.decimal_parsing", "write 4050"),
    "a German number": ("networks.yaml", "value: 560", "value: 12.480,50 EUR", "data.decimal_parsing", "write 12480.50"),
    "a comma in a whole number": ("spoc/affiliations.yaml", "joined: 2", 'joined: "1,200"', "data.int_parsing", "write 1200"),
    "a word in quotes of print": ("spoc/affiliations.yaml", "kind: representative", "kind: “representative”", "data.literal_error", "did you mean 'representative'"),
    "an objective that ends before it begins": ("spoc/objectives.yaml", "  - id: un-committee\n",
                                                "  - id: un-committee\n    since: 2020\n    until: 2019\n", "date.order", "correct"),
    "no date at all": ("networks.yaml", "date: 2006", "date: in 2006", "date.form", "2003-05"),
    "not a language": ("spoc/organisation.yaml", "bg: сдружение}", "Bulgarian: сдружение}", "text.language", "write bg"),
    "not a country": ("spoc/organisation.yaml", "country: BG", "country: Bulgaria", "data.form", "BG"),
    "a country that there is not": ("spoc/organisation.yaml", "country: BG", "country: UK", "data.country", "GB"),
    "a language by its name": ("spoc/organisation.yaml", "languages: [en, bg]", "languages: [English, bg]", "data.language", "write en"),
    "a fallback that is no language": ("spoc/documents.yaml", "    date: 2026-11-22", "    date: 2026-11-22\n    fallback: xx", "data.language", "xx"),
    "a language twice": ("spoc/documents.yaml", "languages: [en, bg]", "languages: [en, bg, en]", "data.twice", "en"),
    "a section twice": ("spoc/documents.yaml", "    date: 2026-11-22", "    date: 2026-11-22\n    sections: [cover, cover]", "data.twice", "cover"),
    "a mark inside a mark": ("spoc/organisation.yaml", "bg: сдружение}", "bg: '[a [b]{lang=de}]{lang=fr}'}", "text.mark", "inside another"),
    "a mark in capitals": ("spoc/organisation.yaml", "bg: сдружение}", "bg: '[a]{lang=EN}'}", "text.mark", "small letters"),
    "a link to nowhere": ("networks.yaml", "en: The European network", "en: The [European](europe.html) network", "text.link", "europe.html"),
    "a day that is written the other way": ("spoc/documents.yaml", "date: 2026-11-22", "date: 31.12.2025", "date.form", "2025-12-31"),
    "one id for two figures": ("networks.yaml", "id: united-countries", "id: united-organisations", "id.duplicate", "twice"),
    "one id for a network and an institution": ("networks.yaml", "id: mfa-france", "id: ecsa", "id.duplicate", "network"),
    "a cover title that no cover holds": ("spoc/documents.yaml", "en: Affiliations and joint objectives", f"en: {'Affiliations ' * 12}", "text.long", "110"),
    "a year without facts": ("spoc/documents.yaml", "    date: 2026-11-22", "    date: 2026-11-22\n    year: 2025", "document.year", "2025"),
    "not an id": ("spoc/objectives.yaml", "id: un-committee", "id: UN Committee", "data.form", "un-committee"),
    "a missing value": ("networks.yaml", "value: 46", "value:", "data.missing", "value"),
    "an empty text": ("spoc/organisation.yaml", "bg: сдружение}", "bg: ''}", "text.empty", "empty"),
    "more groups than there are": ("spoc/affiliations.yaml", "joined: 2", "joined: 7", "affiliation.groups", "4"),
    "an end before the beginning": ("networks.yaml", "since: 2007", "since: 2007\n        until: 2003", "date.order", "2007"),
    "an unknown kind": ("spoc/documents.yaml", "kind: annual-report", "kind: anual-report", "kind.unknown", "annual-report"),
    "an unknown theme": ("spoc/documents.yaml", "    date: 2026-11-22", "    date: 2026-11-22\n    theme: hose", "theme.unknown", "house"),
    "an unknown language": ("spoc/documents.yaml", "languages: [en, bg]", "languages: [en, fr]", "document.language", "report language fr"),
    "an unknown section": ("spoc/documents.yaml", "    date: 2026-11-22", "    date: 2026-11-22\n    sections: [cover, matrx]",
                           "document.section", "matrix"),
    "an unknown format": ("spoc/documents.yaml", "formats: [pdf, docx]", "formats: [pdf, doc]", "data.literal_error", "docx"),
    "half a date": ("spoc/documents.yaml", "date: 2026-11-22", "date: 2026-11", "date.form", "day"),
    "a glyph that no font has": ("spoc/organisation.yaml", "bg: сдружение}", "bg: 協会}", "glyph.missing", "U+5354"),
    "a control character": ("spoc/organisation.yaml", "bg: сдружение}", 'bg: "a\\x01b"}', "yaml.character", "U+0001"),
    "an objective of nobody": ("spoc/objectives.yaml", "  - id: ecsa-safety\n    kind: network\n    affiliations: [ecsa]\n",
                               "  - id: ecsa-safety\n    kind: network\n", "objective.alone", "affiliation"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_each_mistake_points_at_its_line(workspace: Workspace, name: str) -> None:
    file, old, new, code, word = PLANTED[name]
    line = change(workspace, file, old, new)
    found = [p for p in pipeline.check(workspace, "spoc").problems if p.code == code]
    assert found, [p.code for p in pipeline.check(workspace, "spoc").problems]
    problem = min(found, key=lambda p: abs(p.location.line - line))
    assert problem.severity is Severity.ERROR
    assert problem.location.path == workspace.data / file
    assert line <= problem.location.line <= line + new.count("\n"), f"line {problem.location.line}, not {line}"
    assert problem.location.column >= 1
    assert word in f"{problem.message} {problem.hint}" and problem.hint, problem.message


def test_all_are_reported_at_once(workspace: Workspace) -> None:
    for name in (
        "unknown key",
        "unknown affiliation",
        "unknown institution",
        "a word for a number",
        "an impossible day",
        "half a date",
    ):
        change(workspace, *PLANTED[name][:3])
    codes = [p.code for p in _errors(workspace)]
    assert sorted(codes) == [
        "data.decimal_parsing",
        "data.unknown",
        "date.form",
        "date.impossible",
        "id.unknown",
        "id.unknown",
    ]


def test_undated_facts_are_notes(workspace: Workspace) -> None:
    problems = pipeline.check(workspace, "spoc").problems
    assert {p.severity for p in problems} == {Severity.NOTE}
    assert sorted(p.code for p in problems) == ["undated.figure"] * 2 + ["undated.since"] * 4


def test_a_stale_figure_is_a_warning(workspace: Workspace) -> None:
    line = change(workspace, "networks.yaml", "value: 560", "value: 560\n        as_of: 2019")
    (problem,) = [p for p in pipeline.check(workspace, "spoc").problems if p.severity is Severity.WARNING]
    assert (problem.code, problem.location.line) == ("fact.stale", line + 1)


def test_a_fallback_makes_a_missing_translation_a_warning(workspace: Workspace) -> None:
    change(workspace, "spoc/documents.yaml", "    date: 2026-11-22", "    date: 2026-11-22\n    fallback: en")
    change(
        workspace, "spoc/organisation.yaml", "legal_form: {en: association, bg: сдружение}", "legal_form: association"
    )
    checked = pipeline.check(workspace, "spoc")
    assert [p.code for p in checked.problems if p.severity is Severity.WARNING] == ["text.missing"]
    (job,) = pipeline.jobs(checked.dossier, (), ("bg",), ("html",))
    assert '<span lang="en">association</span>' in pipeline.prepare(workspace, job).html


def test_a_file_that_nothing_reads_is_a_warning(workspace: Workspace) -> None:
    (workspace.data / "spoc" / "objectivs.yaml").write_text("objectives: []\n")
    (problem,) = [p for p in pipeline.check(workspace, "spoc").problems if p.severity is Severity.WARNING]
    assert problem.code == "file.unknown" and "objectives.yaml" in problem.hint


def _errors(workspace: Workspace) -> list[Problem]:
    return [p for p in pipeline.check(workspace, "spoc").problems if p.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "word"),
    [
        ("spoc/organisation.yaml", "bg: сдружение}", "bg: '**сдружение**'}", "text.markup", "only passages"),
        (
            "networks.yaml",
            "en: The European network",
            "en: The <b>European</b> network",
            "text.markup",
            "remove the tag",
        ),
        ("spoc/affiliations.yaml", "network: naso", "network: ecsa", "affiliation.twice", "one record"),
        (
            "spoc/documents.yaml",
            "    date: 2026-11-22",
            "    date: 2026-11-22 #note",
            "yaml.comment",
            'write "2026-11-22 #note"',
        ),
        ("networks.yaml", "date: 2006", "date: “2006”", "yaml.quotes", '"2006"'),
        ("spoc/organisation.yaml", "country: BG", "country: BG\nfounded: 2190", "date.future", "2190"),
    ],
)
def test_what_is_hardly_meant_is_a_warning(
    workspace: Workspace, file: str, old: str, new: str, code: str, word: str
) -> None:
    line = change(workspace, file, old, new)
    found = [p for p in pipeline.check(workspace, "spoc", templates=False).problems if p.code == code]
    assert found and found[0].severity is Severity.WARNING
    assert line <= found[0].location.line <= line + new.count("\n") and word in f"{found[0].message} {found[0].hint}"


@pytest.mark.quick("documents.yaml.txt")
@pytest.mark.parametrize(
    ("name", "folder"), [("documents.yaml.txt", "spoc"), ("network.yaml", "."), ("networks.yml", ".")]
)
def test_a_data_file_of_a_wrong_name_is_a_warning(workspace: Workspace, name: str, folder: str) -> None:
    (workspace.data / folder / name).write_text("networks: []\n")
    (problem,) = [p for p in pipeline.check(workspace, "spoc").problems if p.severity is Severity.WARNING]
    assert problem.code == "file.unknown" and problem.location.path.name == name


@pytest.mark.parametrize(
    "text",
    [
        "see [1](see p. 3)",
        "\\\\[x\\\\](y)",
        "[us](HTTPS://example.org/x)",
        "<office@example.org>",
        "<b is small and c>",
    ],
)
def test_ordinary_words_are_no_links_and_no_marks(workspace: Workspace, text: str) -> None:
    change(workspace, "networks.yaml", "en: The European network", f"en: The {text} network")
    assert not [p for p in pipeline.check(workspace, "spoc", templates=False).problems if p.code.startswith("text.")]


def test_what_an_unreadable_file_declares_is_not_missed(workspace: Workspace) -> None:
    change(workspace, "spoc/affiliations.yaml", "    network: naso", "    network naso")
    assert [p.code for p in _errors(workspace)] == ["yaml.syntax"]


def test_plain_texts_in_a_language_that_nobody_asks_for_are_one_mistake(small: Workspace) -> None:
    folder = small.data / "lantern-bridge"
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "organisation.yaml").write_text(
        "languages: [ro]\nname: Lantern\nlegal_form: association\ncountry: ZZ\nmission: Light\nvision: More light\n"
    )
    (folder / "documents.yaml").write_text(
        "documents:\n  - {id: a, kind: annual-report, title: A report, languages: [en], date: 2026-01-01}\n"
    )
    (problem,) = pipeline.check(small, "lantern-bridge").errors
    assert (problem.code, problem.location.line) == ("text.missing", 1) and "languages: [en, ro]" in problem.hint


def test_true_and_false_are_asked_for_in_words(small: Workspace) -> None:
    line = change(small, "lantern-bridge/people.yaml", "    represents: true", "    represents: maybe")
    (problem,) = pipeline.check(small, "lantern-bridge").errors
    assert (problem.location.line, problem.hint) == (line, "write true or false")


def _written(offers: tuple[suggest.Offer, ...]) -> str:
    return " ".join(offer.written for offer in offers)


@pytest.mark.parametrize(
    ("value", "offered"),
    [("1 234,5", "1234.5"), ("1’250.00", "1250.00"), ("−3", "-3"), ("12.50 лв.", "12.50"), ("1.234.567", "1234567"),
     ("12.400,5", "12400.5"), ("1,234,567", "1234567"), ("12,5 %", "12.5"), ("0,400", "0.40"), ("1234,567", "1234.5670"), ("1,25,000", "125000"),
     ("12,400", "12400 12.40"), ("(33,333)", "-33333 -33.3330"), ("1'234.567", "1234567 1234.5670"), ("1 234,567", "1234567 1234.5670"),
     ("12.000", "12000 12"), ("many", ""), ("1.2.3", ""), ("1 20", ""), ("1,234,5", ""), (None, "")],
)  # fmt: skip
def test_the_numbers_that_may_be_meant(value: str | None, offered: str) -> None:
    assert _written(suggest.offers(value)) == offered


@pytest.mark.parametrize(("value", "places", "offered"), [("12.345", 2, "12345 12.35"), ("12.3456", 3, "12.346"), ("1'234.567", 0, "1234567 1235"), ("12.345", 4, "12345 12.3450")])  # fmt: skip
def test_a_number_of_too_many_places_is_rounded(value: str, places: int, offered: str) -> None:
    assert _written(suggest.offers(value, places=places)) == offered


@pytest.mark.parametrize(("value", "offered"), [("12,400", "12400"), ("12.000", "12000 12"), ("2.6", "3"), ("1 234,567", "1234567")])  # fmt: skip
def test_a_whole_number_is_offered_without_decimals(value: str, offered: str) -> None:
    assert _written(suggest.offers(value, whole=True)) == offered


def test_a_field_and_a_language_without_a_value_count_as_left_out(workspace: Workspace) -> None:
    change(
        workspace,
        "spoc/organisation.yaml",
        "legal_form: {en: association, bg: сдружение}",
        "legal_form:\nvision: {en: Light, bg: Светлина, de: }",
    )
    assert not _errors(workspace)
