"""A data file with errors stops the documents that print its facts, and no other; nobody is told that they are missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from report import pipeline
from report.cli.main import cli
from report.forms.answers.facts import named_facts, resolve
from report.model.unreadable import UnreadableFacts
from report.pipeline.checking import unused
from report.values import Severity
from report.workspace import Workspace
from tests.conftest import composed
from tests.pipeline.test_others import OWN, _document, build, made, write

FILES = {
    "people": "people:\n  - {id: a-b, name: Asha, role: Chair, body: board, since: 2020}\n",
    "objectives": "objectives:\n  - {id: read, kind: own, text: All read.}\n",
    "programmes": "programmes:\n  - {id: books, name: Old books, summary: We read., objectives: [read]}\n"
    "indicators:\n  - {id: readers, name: Readers, programme: books, unit: number}\n",
    "projects": "projects:\n  - {id: one, title: One, since: 2022, until: 2023, role: COO, funder_name: A, currency: EUR,"
    " cost: 10, received: 10, summary: It was.}\n",
    "actions": "actions:\n  - {id: wells, title: Wells, currency: EUR, location: Kenya}\n",
    "2024__finance": "income:\n  - {id: gifts, label: Gifts, kind: donations, amount: 100}\n"
    "expenditure:\n  - {id: rent, label: Rent, nature: other, amount: 60}\n",
    "2024__donations": "received:\n  - {id: one, kind: money, value: 5, purpose: Books, income: gifts, donor: {kind: person}}\n",
    "2024__stories": "stories:\n  - {id: s, title: A story, programme: books, text: It was good.,"
    " consent: {by: person, date: 2024-01-01}}\n",
    "2024__activities": "activities:\n  - {id: fair, programme: books, title: Fair, begins: 2024-05-01}\n",
    "2024__results": "results:\n  - {indicator: readers, target: 5, actual: 4, source: list}\n",
    "organisation": OWN["organisation.yaml"] + "sources:\n  - {id: list, title: The list, language: en}\n",
}
PRINTING = {
    "board": "sections: [people], year: 2024",
    "money": "sections: [finance], year: 2024",
    "gifts": "sections: [donations], year: 2024",
    "tales": "sections: [stories], year: 2024",
    "done": "sections: [programmes], year: 2024",
    "scores": "sections: [scorecard], year: 2024",
    "before": "kind: previous-projects",
    "who": "kind: annual-report, sections: [about], year: 2024",
}


def _stopped(folder: Path, **files: str) -> tuple[set[str], list[str]]:
    """Return which documents an organisation's errors stop, and the codes of what is told besides notes."""
    workspace = write(folder, *(_document(name, more) for name, more in PRINTING.items()), **{**FILES, **files})
    checked = pipeline.check(workspace, "amani", templates=False)
    assert checked.dossier, checked.problems
    codes = [p.code for p in checked.problems if p.severity is not Severity.NOTE]
    return {name for name in PRINTING if checked.stops(name, "en")}, codes


def test_without_errors_all_is_made(tmp_path: Path) -> None:
    assert _stopped(tmp_path)[0] == set()


@pytest.mark.quick(
    "unknown-2024__stories",
    "syntax-people",
    "text-2024__donations",
    "text-projects",
    "syntax-actions",
    "unknown-2024__activities",
    "text-2024__results",
    "syntax-2024__finance",
)
@pytest.mark.parametrize(
    ("file", "stopped"),
    [
        ("people", {"board"}),
        ("projects", {"before"}),
        ("actions", set()),
        ("2024__finance", {"money", "done"}),
        ("2024__donations", {"gifts"}),
        ("2024__stories", {"tales"}),
        ("2024__results", {"scores", "done"}),
        ("2024__activities", {"done"}),
    ],
)
@pytest.mark.parametrize("slip", ["syntax", "unknown", "text"])
def test_errors_stop_who_prints_the_facts(file: str, stopped: set[str], slip: str, tmp_path: Path) -> None:
    whole = FILES[file]
    broken = {
        "syntax": whole + "  - [\n",
        "unknown": re.sub(r"- \{", "- {bogus: 1, ", whole, count=1),
        "text": re.sub(r"^(\w+):.*", r"\1: none at all", whole, count=1, flags=re.DOTALL),
    }[slip]
    assert broken != whole
    found, codes = _stopped(tmp_path, **{file: broken})
    assert found == stopped
    assert not {"requirement.open", "document.empty", "document.action"} & set(codes)


@pytest.mark.parametrize(
    ("file", "old", "new", "stopped"),
    [
        ("2024__finance", "amount: 60}\n", "amount: 60}\ntotals: {income: 1, expenditure: 60, result: 1}\n", {"money", "done"}),
        ("projects", "cost: 10,", "cost: 10.123,", {"before"}),
        ("2024__finance", "income:", "incom:", {"money", "done"}),
        ("2024__finance", "id: gifts, ", "", {"money", "done"}),
        ("people", "since: 2020", "since: 2020, until: 2019", {"board"}),
    ],
)  # fmt: skip
def test_other_errors_stop_who_prints_them(file: str, old: str, new: str, stopped: set[str], tmp_path: Path) -> None:
    assert old in FILES[file]
    assert _stopped(tmp_path, **{file: FILES[file].replace(old, new)})[0] == stopped


def test_the_summary_says_which_were_not_made(tmp_path: Path) -> None:
    write(tmp_path, _document("who", PRINTING["who"]), _document("before", PRINTING["before"]), projects="projects: 5\n")  # fmt: skip
    done = build(tmp_path)
    assert done.exit_code == 1 and "not built: before (en)" in done.output, done.output
    assert made(tmp_path) == ["who-en.html"] and done.output.count("projects.yaml:1") == 1


def test_what_is_in_every_document_stops_all(tmp_path: Path) -> None:
    workspace: Workspace = write(tmp_path, _document("who", PRINTING["who"]), organisation="name: 5\nbogus: 1\n")
    assert pipeline.check(workspace, "amani", templates=False).dossier is None


@pytest.mark.parametrize(("file", "path"), [("projects", "projects[0].title"), ("2024__finance", "year.finance.income"), ("actions", "co_applicants")])  # fmt: skip
def test_a_form_that_names_them_gets_their_errors(file: str, path: str, tmp_path: Path) -> None:
    workspace = write(tmp_path, _document("who", PRINTING["who"]), **{**FILES, file: "bogus: 1\n"})
    dossier = pipeline.check(workspace, "amani", templates=False).dossier
    assert dossier
    facts = named_facts(dossier, None, "wells")
    assert str(resolve(facts, "organisation.name").by_language) == "{'en': 'Amani'}"
    with pytest.raises(UnreadableFacts, match="'bogus' is not known here"):
        list(resolve(facts, path))


@pytest.mark.parametrize(
    "text", ["currency: [\n", "curency: KES\n", "currency: KES\nbegins: 2024-12-31\nends: 2024-01-01\n"]
)
def test_a_year_that_cannot_be_read_stops_what_is_of_it(text: str, tmp_path: Path) -> None:
    found, codes = _stopped(tmp_path, **{"2024__year": text})
    assert found == set(PRINTING) - {"before"} and "document.year" not in codes


BROKEN = "people:\n  - {id: a-b, name: Asha Mwangi, role: Chair, body: board, bogus: 1}\n"


@pytest.mark.parametrize("editions", ["screen, redacted", "redacted, screen"])
def test_a_redacted_edition_is_not_made_while_names_are_not_known(editions: str, tmp_path: Path) -> None:
    organisation = FILES["organisation"].replace("mission: Peace.", "mission: Asha Mwangi began it.")
    write(tmp_path, _document("who", PRINTING["who"] + f", editions: [{editions}]"), organisation=organisation, people=BROKEN)  # fmt: skip
    done = build(tmp_path)
    assert done.exit_code == 1 and made(tmp_path) == ["who-en.html"], done.output
    write(tmp_path, _document("who", PRINTING["who"] + ", editions: [redacted]"), organisation=organisation, people=FILES["people"], projects="projects: 5\n")  # fmt: skip
    done = build(tmp_path)
    assert done.exit_code == 1 and "who-en-redacted.html" in made(tmp_path), done.output


@pytest.mark.parametrize("name", ["175123456", "2024"])
def test_a_folder_of_digits_is_no_year(name: str, tmp_path: Path) -> None:
    write(tmp_path / "x", *(_document(one, more) for one, more in PRINTING.items()), **FILES)
    (tmp_path / "data").mkdir()
    (tmp_path / "x/data/amani").rename(tmp_path / "data" / name)
    (tmp_path / "data" / name / "people.yaml").write_text(BROKEN, "utf-8")
    checked = pipeline.check(Workspace.at(tmp_path), name, templates=False)
    assert checked.dossier and {one for one in PRINTING if checked.stops(one, "en")} == {"board"}
    (tmp_path / "data/networks.yaml").write_text("networks:\n  - {id: water, name: Water, scope: local}\n", "utf-8")
    tie = "affiliations:\n  - {id: tie, network: water, kind: member, since: 2020, until: 2019}\n"
    (tmp_path / "data" / name / "affiliations.yaml").write_text(tie, "utf-8")
    checked = pipeline.check(Workspace.at(tmp_path), name, templates=False)
    assert all(checked.stops(one, "en") for one in PRINTING)
    (tmp_path / "data" / name / "organisation.yaml").write_text("name: [\n", "utf-8")
    assert pipeline.check(Workspace.at(tmp_path), name, templates=False).dossier is None


def test_an_index_of_requirements_and_the_attached_facts_leave_nothing_out_in_silence(tmp_path: Path) -> None:
    index = "sections: [requirements], profiles: [bg-zyulnts-art40], year: 2024"
    plain = "sections: [about], profiles: [bg-zyulnts-art40], year: 2024"
    workspace = write(tmp_path, _document("index", index), _document("plain", plain), **{**FILES, "2024__finance": "income: 5\n"})  # fmt: skip
    checked = pipeline.check(workspace, "amani", templates=False)
    assert checked.dossier and checked.stops("index", "en") and not checked.stops("plain", "en")
    (job,) = pipeline.jobs(checked.dossier, ("plain",), (), (), ("screen",))
    attached = json.loads(composed(workspace, job, checked.dossier).attachments[0].content)
    assert "finance" not in attached["year"] and attached["year"]["received"] and attached["people"]


@pytest.mark.quick("False")
@pytest.mark.parametrize("again", [False, True])
def test_a_batch_tells_errors_that_stop_no_document(again: bool, tmp_path: Path) -> None:
    write(tmp_path, _document("who", PRINTING["who"]), **{**FILES, "people": BROKEN})
    words = ["batch", "-w", str(tmp_path), "-o", str(tmp_path / "out"), "-j", "1"]
    for _ in range(1 + again):
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == 1 and done.output.count("people.yaml:2") == 1, done.output
        assert made(tmp_path) == ["who-en.html"]


def test_rows_of_a_table_are_made_without_what_their_base_cannot_say(tmp_path: Path) -> None:
    write(tmp_path, _document("who", PRINTING["who"]), _document("board", PRINTING["board"]), **{**FILES, "people": BROKEN})  # fmt: skip
    (tmp_path / "data/amani").rename(tmp_path / "data/_base")
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024/t.csv").write_text("id,name\none,One\ntwo,Two\n", "utf-8")
    words = ["batch", "-w", str(tmp_path), "-o", str(tmp_path / "out"), "-j", "1", "--table", str(tmp_path / "2024/t.csv")]  # fmt: skip
    done = CliRunner().invoke(cli, [*words, "--base", "_base"])
    assert done.exit_code == 1, done.output
    assert sorted(path.parent.parent.name for path in (tmp_path / "out").glob("*/who/who-en.html")) == ["one", "two"]
    assert not list((tmp_path / "out").glob("*/board/board-en.html"))


def test_what_no_document_prints_is_not_told_while_one_cannot_be_made(tmp_path: Path) -> None:
    workspace = write(tmp_path, _document("money", PRINTING["money"]), **{**FILES, "2024__finance": "income: 5\n"})
    dossier = pipeline.check(workspace, "amani", templates=False).dossier
    assert dossier
    (told_,) = unused(workspace, dossier)
    assert "while money (en) cannot be built" in told_.message
