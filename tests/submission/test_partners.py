"""Who takes part in an action: the annex, the funder's own form and the counters of a call say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.compose.views.actions import partners, view
from report.forms import fill, form_map
from report.forms.answers.facts import named_facts
from report.forms.answers.writer import AnswerWriter
from report.forms.fill import FactSource, FilledForm
from report.forms.word.package import open_form
from report.language.writer import Writer
from report.model.dossier import Dossier
from report.model.loading.load import load as facts
from report.profiles import load
from report.submission import counters
from report.submission.counters import applied_for
from report.values import Severity
from report.workspace import Workspace
from tests.conftest import ROOT
from tests.forms import funder, support

DEMO = "lantern-bridge"
REPOSITORY = Workspace.at(ROOT)
FOLDER = ROOT / "data" / DEMO


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    found = facts(REPOSITORY, DEMO).dossier
    assert found
    return found


def rows(filled: FilledForm) -> dict[str, str | None]:
    return {one.near: one.answer for one in filled.fields if one.address.startswith("table:")}


@pytest.mark.parametrize("language", ["en", "bg"])
def test_form_annex_and_counter_name_the_same_partners(dossier: Dossier, language: str) -> None:
    call = next(one for one in dossier.calls if one.profile == "eu-prag-a2")
    assert applied_for(dossier, call) == "three-valleys"
    request = next(one for one in dossier.documents if one.kind == "co-applicants")
    annex = view(dossier, request)
    assert annex and annex.co_applicants and annex.affiliated_entities
    plain = Writer(language).plain
    form = call.forms[0]
    made, source = form_map.load(FOLDER / form.map)
    filled = fill.fill(open_form(FOLDER / form.file), made, source, FactSource(dossier, FOLDER, language))
    assert rows(filled) == {"Co-applicants": "1 rows", "Affiliated entities": "1 rows"}
    assert filled.content and not filled.problems
    counted = counters.of_call(load.funder(REPOSITORY, call.profile), dossier, (language,), call)
    told = {row.field.id: row.counter.text for row in counted.rows if row.counter}
    for field, listed in (("co-applicants", annex.co_applicants), ("affiliated-entities", annex.affiliated_entities)):
        assert told[field] == "; ".join(plain(one.name) for one in listed)


def test_a_row_has_every_column_of_the_form(dossier: Dossier, tmp_path: Path) -> None:
    columns = {"Name": "name", "EuropeAid ID": "europeaid_id", "Nationality and date of establishment": "nationality, established"}  # fmt: skip
    field = {"address": "table:2.1", "near": "Co-applicants", "rows": "co_applicants", "columns": columns}
    form = funder.write(tmp_path, "prag-a2")
    filled = support.filled(form, [field], FactSource(dossier, FOLDER, "en", "three-valleys"))
    assert filled.content
    (tmp_path / "filled.docx").write_bytes(filled.content)
    import docx

    (cells,) = [[cell.text for cell in row.cells] for row in docx.Document(str(tmp_path / "filled.docx")).tables[1].rows][1:]  # fmt: skip
    assert cells == ["Community Centre Svetlina 1927", "BG-2019-FNR-0000001927", "Bulgaria, 1 November 1927", "", ""]


def test_without_an_action_an_affiliation_needs_a_role(dossier: Dossier) -> None:
    assert partners(dossier, None) == {"co_applicants": (), "affiliated_entities": ()}  # all are memberships
    assert len(named_facts(dossier, None, "three-valleys")["co_applicants"]) == 1
    with pytest.raises(counters.MissingAnswer):
        AnswerWriter(Writer("en")).counted(named_facts(dossier)["co_applicants"], None)


def test_an_action_that_there_is_not_is_told_at_its_line(dossier: Dossier, tmp_path: Path) -> None:
    form = funder.write(tmp_path, "prag-a2")
    path = tmp_path / "a.map.yaml"
    path.write_text("form: prag-a2.docx\naction: three-valley\nfields:\n  - {address: 'cell:1.1.2', fact: organisation.name}\n")  # fmt: skip
    filled = fill.fill(open_form(form), *form_map.load(path), FactSource(dossier, FOLDER, "en"))
    (problem,) = [p for p in filled.problems if p.severity is Severity.ERROR]
    assert problem.code == "form.action" and "three-valleys" in problem.hint and problem.location.line == 2
    assert filled.content is None
