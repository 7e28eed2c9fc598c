"""Organisations from a table: rows over a base, each mistake at its cell, and nothing lost or mixed in silence."""

from __future__ import annotations

import pickle
import re
import shutil
from pathlib import Path

import pytest

from report import pipeline
from report.model import checks
from report.model.loading.load import Loaded, load
from report.model.tables import Organisations, ids, organisations, paths
from report.model.tables.paths import Key, UnknownPath
from report.values import Problem, ReportError, Severity, UsageError
from report.workspace import Workspace
from tests.conftest import ROOT, change
from tests.source.tables.support import place, xlsx

NAMES = "id;organisation.name.en;organisation.name.bg"


def _made(workspace: Workspace, *lines: str, base: str = "spoc", columns: str | None = None) -> Organisations:
    path = workspace.root / "members.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    if columns is not None:
        (workspace.root / "members.columns.yaml").write_text(columns, "utf-8")
    return organisations(workspace, path, base)


def _all(made: Organisations) -> list[Problem]:
    found = [*made.problems, *(problem for id_ in made.ids for problem in made.load(id_).problems)]
    return [problem for problem in dict.fromkeys(found) if problem.severity is not Severity.NOTE]


def _told(made: Organisations) -> list[tuple[str, str]]:
    return [(problem.code, place(problem)) for problem in _all(made)]


def test_rows_are_laid_over_the_base(workspace: Workspace) -> None:
    made = _made(
        workspace,
        f"{NAMES};country;languages;affiliations[united].since;registration.number;registration.registry.en",
        "b-quiet;Quiet Light;Тихият фар;RS;en, bg;2003-05;000123456;Register",
        "a-amber;Amber Harbour;Кехлибарът;;;;;",
    )
    assert made.ids == ("b-quiet", "a-amber") and not _told(made)
    quiet, amber, base = made.dossier("b-quiet"), made.dossier("a-amber"), load(workspace, "spoc").dossier
    assert (quiet.id, quiet.folder) == ("b-quiet", "spoc") and base.folder == "spoc"
    assert dict(quiet.organisation.name.by_language) == {"en": "Quiet Light", "bg": "Тихият фар"}
    assert (quiet.organisation.country, quiet.organisation.languages) == ("RS", ("en", "bg"))
    assert str(next(a for a in quiet.affiliations if a.id == "united").since) == "2003-05"
    assert [r.number for r in quiet.organisation.registrations] == ["000123456"]
    assert amber.organisation.country == "BG" and amber.affiliations == base.affiliations
    assert amber.objectives == base.objectives and amber.organisation.about == base.organisation.about


def test_the_base_is_not_changed_by_its_rows(workspace: Workspace) -> None:
    made = _made(workspace, f"{NAMES};affiliations.nnc.role.en", "a;A;А;x", "b;B;Б;")
    first, second, base = made.dossier("a"), made.dossier("b"), load(workspace, "spoc").dossier
    assert first.affiliations[0].role != base.affiliations[0].role == second.affiliations[0].role
    assert load(workspace, "spoc").dossier.organisation == base.organisation


def test_a_row_travels_to_another_process(workspace: Workspace) -> None:
    made = _made(workspace, NAMES, "a;A;А", "b;B;Б")
    base, row = pickle.loads(pickle.dumps((made.base, made.row("b"))))
    assert base.load(row).dossier.organisation == made.dossier("b").organisation
    with pytest.raises(UsageError, match="no organisation 'c'"):
        made.row("c")


def test_pictures_are_those_of_the_base(workspace: Workspace) -> None:
    dossier = _made(workspace, NAMES, "row-one;Row One;Ред едно", base="lantern-bridge").dossier("row-one")
    (job,) = pipeline.jobs(dossier, ("highlights-2026",), ("bg",), ("html",))
    assets = pipeline.prepare(workspace, job, dossier).assets
    assert assets and any(path.is_relative_to(workspace.data / "lantern-bridge") for path in assets.values())


def test_a_document_is_made_of_a_row(workspace: Workspace) -> None:
    dossier = _made(workspace, NAMES, "row-one;Row One;Ред едно").dossier("row-one")
    (job,) = pipeline.jobs(dossier, (), ("bg",), ("html",))
    assert (
        job.organisation == "row-one"
        and not pipeline.checked(workspace, load(workspace, "spoc"), templates=False).errors
    )
    assert "Ред едно" in pipeline.prepare(workspace, job, dossier).html


# columns after id and names, their values, code, place of the mistake
MISTAKES = {
    "a country's name": ("country", "Bulgaria", "data.form", "2:7"),
    "no country": ("country", "QQ", "data.country", "2:7"),
    "a date with points": ("founded", "31.05.2003", "date.form", "2:7"),
    "an unknown kind": ("affiliations.nnc.kind", "membr", "data.literal_error", "2:7"),
    "a list with a mistake": ("languages", "en, english", "data.language", "2:7"),
    "an unknown network": ("affiliations[nobody].kind", "member", "id.unknown", "2:7"),
    "a record without what it needs": ("projects[nobody].since", "2003", "data.missing", "2:7"),
    "an address": ("contact.website", "example.org", "data.form", "2:7"),
    "an unknown source": ("source", "nobody", "id.unknown", "2:7"),
    "a missing translation": ("mission.en", "To be there", "text.missing", "2:7"),
    "a number": ("affiliations.nnc.working_groups.joined", "two", "data.int_parsing", "2:7"),
    "a lost zero": (
        "registration.number;registration.registry.en;registration.registry.bg",
        "12345678;R;Р",
        "table.zero",
        "2:7",
    ),
    "an error": ("founded", "#N/A", "table.error", "2:7"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_told_at_the_cell(workspace: Workspace, name: str) -> None:
    column, value, code, where = MISTAKES[name]
    made = _made(workspace, f"{NAMES};{column}", f"a;A;А;{value}")
    found = [*_all(made), *(p for row in pipeline.check_rows(workspace, made, ["a"]) for p in row.problems)]
    assert (code, where) in {(p.code, place(p)) for p in found if p.location.path.name == "members.csv"}
    assert all(p.hint for p in found if p.code == code)


@pytest.mark.quick("mission.short")
@pytest.mark.parametrize(
    ("column", "added"),
    [
        ("mission.en", "organisation.mission.bg"),
        ("mission.short.en", "organisation.mission.short.bg"),
        ("vision.en", "organisation.vision.bg"),
    ],
)
def test_a_column_that_a_hint_asks_for_helps(workspace: Workspace, column: str, added: str) -> None:
    def missing(header: str, row: str) -> list[str | None]:
        made = _made(workspace, header, row)
        found = [p for row in pipeline.check_rows(workspace, made, ["a"]) for p in row.problems]
        return [p.hint for p in found if p.code == "text.missing"]

    assert missing(f"{NAMES};{column}", "a;A;А;Light") == [f"add a column {added}"]
    assert missing(f"{NAMES};{column};{added}", "a;A;А;Light;Светлина") == []


def test_mistakes_of_the_base_are_told_in_its_yaml(workspace: Workspace) -> None:
    line = change(workspace, "spoc/organisation.yaml", "country: BG", "country: BX")
    (problem,) = _all(_made(workspace, NAMES, "a;A;А", "b;B;Б"))
    assert problem.location.path.name == "organisation.yaml" and problem.location.line == line


def test_a_base_may_lack_what_every_row_gives(workspace: Workspace) -> None:
    shutil.move(workspace.data / "spoc", workspace.data / "_base")
    change(workspace, "_base/organisation.yaml", "name: {en: Association SPOC, bg: Сдружение SPOC}\n", "")
    change(workspace, "_base/organisation.yaml", "country: BG", "country:")
    assert "_base" not in workspace.organisations()
    made = _made(workspace, f"{NAMES};country", "a;A;А;BG", "b;;;RS", base="_base")
    assert made.dossier("a").organisation.country == "BG"
    assert {p.code for p in made.load("b").problems if p.severity is Severity.ERROR} == {"data.missing"}


def test_a_base_may_lack_the_file_that_a_column_makes(workspace: Workspace) -> None:
    (workspace.data / "spoc" / "objectives.yaml").unlink()
    made = _made(
        workspace,
        f"{NAMES};objectives[own].kind;objectives.own.text.en;objectives.own.text.bg",
        "a;A;А;own;Aim;Цел",
        "b;B;Б;;;",
    )
    assert [o.id for o in made.dossier("a").objectives] == ["own"] and made.dossier("b").objectives == ()


def test_a_new_affiliation_is_made_only_where_the_row_gives_one(workspace: Workspace) -> None:
    affiliations = workspace.data / "spoc" / "affiliations.yaml"
    affiliations.write_text("affiliations: []\n", "utf-8")
    (workspace.data / "spoc" / "objectives.yaml").unlink()
    made = _made(
        workspace, f"{NAMES};affiliations.united.kind;affiliations.naso.kind", "a;A;А;member;", "b;B;Б;;partner"
    )
    assert [(a.id, a.network, a.kind) for a in made.dossier("a").affiliations] == [("united", "united", "member")]
    assert [(a.id, a.network, a.kind) for a in made.dossier("b").affiliations] == [("naso", "naso", "partner")]


def test_affiliations_go_by_their_id_before_their_network(workspace: Workspace) -> None:
    affiliations = workspace.data / "spoc" / "affiliations.yaml"
    two = "".join(f"  - {{id: {id_}, network: united, kind: member}}\n" for id_ in ("here", "there"))
    affiliations.write_text(f"affiliations:\n{two}", "utf-8")
    (workspace.data / "spoc" / "objectives.yaml").unlink()
    made = _made(workspace, f"{NAMES};affiliations.there.since", "a;A;А;2003")
    assert [str(a.since or "") for a in made.dossier("a").affiliations] == ["", "2003"]
    made = _made(workspace, f"{NAMES};affiliations.united.since", "a;A;А;2003")
    (problem,) = [p for p in made.load("a").problems if p.severity is Severity.ERROR]
    assert (problem.code, place(problem)) == ("table.ambiguous", "2:7") and "here, there" in problem.hint


def test_records_without_ids_have_numbers(workspace: Workspace) -> None:
    heads = ";".join(f"registrations[{n}].{f}" for n in (1, 2, 3) for f in ("registry.en", "registry.bg", "number"))
    made = _made(workspace, f"{NAMES};{heads}", "a;A;А;R;Р;001;;;;S;С;003")
    assert [(r.number, r.registry.by_language["bg"]) for r in made.dossier("a").organisation.registrations] == [
        ("001", "Р"),
        ("003", "С"),
    ]


def test_a_text_is_not_mixed_with_the_bases_in_silence(workspace: Workspace) -> None:
    made = _made(workspace, NAMES, "a;A;")
    assert ("table.mixed", "2:3") in _told(made)
    made = _made(workspace, f"{NAMES};about.en;about.bg", "a;A;А;Short;Кратко")
    assert set(made.dossier("a").organisation.about.variants) == {"full"} and not _told(made)


def test_a_plain_text_of_the_base_keeps_its_language(workspace: Workspace) -> None:
    change(
        workspace,
        "spoc/organisation.yaml",
        "name: {en: Association SPOC, bg: Сдружение SPOC}",
        "name: Association SPOC",
    )
    made = _made(workspace, "id;name.bg", "a;А")
    assert dict(made.dossier("a").organisation.name.by_language) == {"en": "Association SPOC", "bg": "А"}
    assert _told(made) == [("table.mixed", "2:3")]


def test_ids_are_made_of_names(workspace: Workspace) -> None:
    made = _made(
        workspace,
        "organisation.name.en;organisation.name.bg",
        "Quiet Light;Тихият фар",
        ";Сдружение „Щастие“",
        "Łódź – L’été;Ж",
    )
    assert made.ids == ("quiet-light", "sdruzhenie-shtastie", "lodz-lete")
    assert ids.made_of("Ωμέγα") == "" and len(ids.made_of("word " * 40)) <= ids.MOST


# lines, what is told
IDS = {
    "twice": ((NAMES, "a;A;А", "b;B;Б", "a;C;В"), {("id.duplicate", "2:1"), ("id.duplicate", "4:1")}),
    "twice by name": (("name.en;name.bg", "A b;А", "A-B;В"), {("id.duplicate", "2:1"), ("id.duplicate", "3:1")}),
    "missing": ((NAMES, ";A;А"), {("table.id", "2:1")}),
    "capitals": ((NAMES, "The Kites;A;А"), {("table.id", "2:1")}),
    "no id of the name": (("name.en;name.bg", "Ωμέγα;А"), {("table.id", "2:1")}),
    "neither": (("country", "BG"), {("table.id", "1:1")}),
    "a folder's": ((NAMES, "lantern-bridge;A;А"), {("table.folder", "2:1")}),
}


@pytest.mark.parametrize("name", IDS)
def test_ids_that_are_wrong_are_told_at_their_cells(workspace: Workspace, name: str) -> None:
    lines, told = IDS[name]
    made = _made(workspace, *lines)
    assert {(p.code, place(p)) for p in made.problems if p.severity is not Severity.NOTE} == told
    assert all(made.dossier(id_) is None for id_ in made.ids if id_ not in ("b", "lantern-bridge"))
    assert "a" not in made.ids


def test_a_row_with_a_wrong_id_is_checked_all_the_same(workspace: Workspace) -> None:
    made = _made(workspace, f"{NAMES};country", "Big Kite;A;А;Serbia")
    assert made.ids == ("big-kite",) and set(_told(made)) == {("table.id", "2:1"), ("data.form", "2:14")}


# header, place, a word of the message or hint
HEADINGS = {
    "an unknown fact": (f"{NAMES};organisation.contry", "1:46", "did you mean 'country'"),
    "an unknown word": (f"{NAMES};contry", "1:46", "did you mean 'country'"),
    "a heading of one's own": (f"{NAMES};Наименование", "1:46", "members.columns.yaml"),
    "twice": (f"{NAMES};country;Organisation.Country ", "1:54", "line 1, column 46"),
    "a part of another": (f"{NAMES};name", "1:46", "same fact"),
    "a record": (f"{NAMES};contact", "1:46", "address"),
    "a list": (f"{NAMES};affiliations", "1:46", "affiliations[1]"),
    "a language": (f"{NAMES};name.english", "1:46", "ISO 639"),
    "below a value": (f"{NAMES};country.en", "1:46", "end the path at country"),
    "a year that is not there": (f"{NAMES};2031.year.letter.text.en", "1:46", "reporting year 2031"),
    "no path": (f"{NAMES};[]", "1:46", "not the path"),
    "a number of a list": (f"{NAMES};registrations.first.number", "1:46", "registrations[1]"),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_that_are_wrong_are_told_and_no_row_is_read(workspace: Workspace, name: str) -> None:
    header, where, word = HEADINGS[name]
    made = _made(workspace, header, "a;A;А;x;y")
    problem = next(p for p in made.problems if p.location and place(p) == where)
    assert problem.severity is Severity.ERROR and word in f"{problem.message} {problem.hint}"
    assert made.ids == ()


@pytest.mark.parametrize(
    ("heading", "file", "steps"),
    [
        (" Organisation . Name . EN ", "organisation.yaml", ("name", "en")),
        ("legal form.bg", "organisation.yaml", ("legal_form", "bg")),
        ("organisation.registration.number", "organisation.yaml", ("registrations", 0, "number")),
        ("policy.name.sr-latn", "organisation.yaml", ("policies", 0, "name", "sr-Latn")),
        ("Affiliations[UNITED].Role.short.bg", "affiliations.yaml", ("affiliations", Key("united", ("id", "network")), "role", "short", "bg")),
        ("affiliation.united.since", "affiliations.yaml", ("affiliations", Key("united", ("id", "network")), "since")),
        ("fields of work[2].en", "organisation.yaml", ("fields_of_work", 1, "en")),
        ("documents[affiliations-annex].languages", "documents.yaml", ("documents", Key("affiliations-annex", ("id",)), "languages")),
        ("2026.year.letter.person", "2026/year.yaml", ("letter", "person")),
    ],
)  # fmt: skip
def test_headings_are_paths(heading: str, file: str, steps: tuple[object, ...]) -> None:
    found = paths.fact_path(heading)
    assert (found.file, found.steps) == (file, steps)
    assert paths.fact_path(found.name if "/" not in file else heading).steps == steps


def test_headings_of_ones_own(workspace: Workspace) -> None:
    columns = "columns:\n  Код: id\n  Наименование (EN): organisation.name.en\n  Наименование: organisation.name.bg\n  Бележки: ignored\n"
    made = _made(workspace, "код;Наименование (EN);наименование;Бележки;country", "a;A;А;x y;RS", columns=columns)
    assert made.ids == ("a",) and made.dossier("a").organisation.country == "RS"
    assert [p.code for p in made.problems] == ["table.ignored"] and "Бележки" in made.problems[0].message


# the file, code, line
COLUMNS = {
    "an unknown path": ("columns:\n  A: organisation.nam.en\n", "table.heading", 2),
    "no path": ("columns:\n  A: [x]\n", "data.string_type", 2),
    "no record": ("A: id\n", "columns.form", 1),
    "another record": ("columns: {A: id}\nrows: x\n", "data.unknown", 2),
    "no such column": ("columns:\n  Named: organisation.name.en\n", "table.column", 2),
    "no YAML": ("columns: [\n", "yaml.syntax", 1),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_mistakes_beside_the_table_are_told_at_their_line(workspace: Workspace, name: str) -> None:
    content, code, line = COLUMNS[name]
    made = _made(workspace, NAMES, "a;A;А", columns=content)
    problem = next(p for p in made.problems if p.code == code)
    assert (problem.location.path.name, problem.location.line) == ("members.columns.yaml", line)


def test_a_workbooks_mistakes_name_sheet_and_cell(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("id", "name.en", "name.bg", "country", "registration.number"), ("a", "A", "А", "Bulgaria", 123456789)]
    made = organisations(workspace, xlsx(tmp_path / "members.xlsx", rows), "spoc")
    found = {(p.code, place(p)) for p in made.load("a").problems}
    assert found >= {("data.form", "Sheet1!D2"), ("data.missing", "Sheet1!E2")}
    assert made.row("a").values[-1].text == "123456789"


def test_merged_cells_stop_their_rows_alone(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("id", "name.en", "name.bg"), ("a", "A", "А"), ("b", None, "Б"), ("c", None, "В"), ("d", "D", "Д")]
    path = xlsx(tmp_path / "members.xlsx", rows, lambda book, sheet: sheet.merge_range("B3:B4", "B"))
    made = organisations(workspace, path, "spoc")
    assert made.ids == ("a", "b", "c", "d") and [made.dossier(id_) is None for id_ in made.ids] == [
        False,
        True,
        True,
        False,
    ]
    assert [place(p) for p in made.problems if p.code == "table.merged"] == ["Sheet1!B3"]


def test_no_base_and_no_file(workspace: Workspace) -> None:
    with pytest.raises(UsageError):
        _made(workspace, NAMES, "a;A;А", base="nobody")
    with pytest.raises(ReportError):
        organisations(workspace, workspace.root / "none.csv", "spoc")


def test_a_path_that_is_nothing() -> None:
    with pytest.raises(UnknownPath):
        paths.fact_path("  ")


def test_the_guide_shows_headings_that_are_known() -> None:
    guide = (ROOT / "docs" / "batch.md").read_text("utf-8")
    header = next(line for line in guide.splitlines() if line.startswith("| id |"))
    rows = guide.partition("| heading | fact |")[2].partition("\n\n")[0]
    told = [
        *header.strip("| ").split(" | "),
        *(
            h
            for row in rows.splitlines()
            for h in re.findall("`([^`]+)`", row.split("|")[1:2][0] if "|" in row else "")
        ),
    ]
    assert len(told) > 12 and not [heading for heading in told if not paths.known(heading)]
    codes = {
        code
        for path in (ROOT / "report").rglob("*.py")
        for code in re.findall(r'"(table\.[a-z]+)"', path.read_text("utf-8"))
    }
    assert set(re.findall(r"`(table\.[a-z]+)`", guide)) <= codes


def test_what_nobody_sees_in_an_id_is_left_out_and_told(workspace: Workspace) -> None:
    made = _made(workspace, NAMES, "a\u200ba;A;А", "bb;B;\u202eБ")
    assert made.ids == ("aa", "bb")
    assert [(p.code, p.severity, place(p)) for p in made.problems] == [
        ("table.unseen", Severity.NOTE, "2:1"),
        ("table.unseen", Severity.WARNING, "3:6"),
    ]


def test_an_id_that_nobody_sees_is_none(workspace: Workspace) -> None:
    made = _made(workspace, NAMES, "\u200b;A;А", "bb;B;Б")
    assert ("table.id", "2:1") in _told(made) and "table.unseen" in {p.code for p in made.problems}


@pytest.mark.parametrize(("line", "where"), [(";Общо:;3", "3:2"), ("total;2;3", "3:1")])
def test_a_row_of_totals_is_told(workspace: Workspace, line: str, where: str) -> None:
    assert ("table.total", where) in _told(_made(workspace, NAMES, "bb;B;Б", line))


@pytest.mark.parametrize("id_", ["con", "NUL", "lpt1"])
def test_an_id_that_windows_keeps_for_a_device_is_refused(workspace: Workspace, id_: str) -> None:
    made = _made(workspace, NAMES, f"{id_};A;А", "bb;B;Б")
    assert _told(made) == [("table.id", "2:1")] and f"write {id_.lower()}-1" in _all(made)[0].hint


def test_a_base_that_is_not_there_says_what_is_meant_or_to_do(workspace: Workspace) -> None:
    (workspace.data / "_members").mkdir()
    (workspace.data / "_members" / "organisation.yaml").write_text("country: BG\n")
    with pytest.raises(UsageError) as raised:
        _made(workspace, NAMES, "a;A;А", base="_member")
    assert raised.value.problems[0].hint == "did you mean '_members'?"
    shutil.rmtree(workspace.data)
    workspace.data.mkdir()
    with pytest.raises(UsageError) as raised:
        _made(workspace, NAMES, "a;A;А", base="_base")
    assert "make a folder _base" in raised.value.problems[0].hint


def _checked(loaded: Loaded) -> list[Problem]:
    return [*checks.check(loaded.dossier)] if loaded.dossier else []


NUMBERS = ("id", "name.en", "name.bg", "projects.deep.title.en", "projects.deep.title.bg", "projects.deep.currency", "projects.deep.cost")  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "hint"),
    [("33.333", "write 33333, or 33.33; EUR has 2 decimal places"), ("12,400", "write 12400, or 12.40"), ("1'234.567", "write 1234567, or 1234.57; EUR has 2 decimal places"),
     ("1 234,567", "write 1234567, or 1234.57; EUR has 2 decimal places"), ("12.400,5", "write 12400.5"), ("12,5", "write 12.5"), ("12.5", None)],
)  # fmt: skip
def test_an_amount_in_a_cell_is_asked_about(workspace: Workspace, tmp_path: Path, cell: str, hint: str | None) -> None:
    row = ("a", "A", "А", "Deep wells", "Дълбоки кладенци", "EUR", cell)
    lines = (";".join(NUMBERS), ";".join(row))
    for made in (_made(workspace, *lines), organisations(workspace, xlsx(tmp_path / "m.xlsx", [NUMBERS, row]), "spoc")):
        loaded = made.load("a")
        found = [p for p in (*loaded.problems, *(_checked(loaded))) if "cost" in (p.location.key or "")]
        assert [(p.hint, place(p)) for p in found] == ([(hint, place(found[0]))] if hint else [])
        assert not hint or place(found[0]) in ("Sheet1!G2", f"2:{len(';'.join(row[:-1])) + 2}")


def test_a_sheet_keeps_a_last_zero_only_as_text(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("id", "name.en", "name.bg", "indicators.meals.name.en", "indicators.meals.name.bg", "indicators.meals.baseline.value", "indicators.meals.baseline.year"), ("a", "A", "А", "Meals", "Обеди", 33.333, 2020)]  # fmt: skip
    loaded = organisations(workspace, xlsx(tmp_path / "m.xlsx", rows), "spoc").load("a")
    (problem,) = [p for p in loaded.problems if p.code == "number.thousands"]
    assert problem.hint == "write 33333, or format the cell as text and write 33.3330"
    rows[1] = (*rows[1][:5], "33.3330", 2020)
    loaded = organisations(workspace, xlsx(tmp_path / "m.xlsx", rows), "spoc").load("a")
    assert not [p for p in loaded.problems if p.code.startswith(("number.", "data."))]
