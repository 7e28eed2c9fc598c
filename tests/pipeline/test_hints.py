"""Hints that show YAML in profiles, themes, calls, forms and panels: followed to the letter, they help; and every hint has its case."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from report import pipeline
from report.forms.fill import FactSource
from report.model.tables import organisations
from report.submission import build
from report.values import Problem, ReportError
from report.workspace import Workspace
from tests.forms import funder
from tests.model.facts import FACTS
from tests.model.hints import Case, checked, is_of, prove, templates
from tests.model.test_hints import CASES, DOC, ORG

TOWN, RULES, THEME, MAP, COLUMNS = "profiles/town.yaml", "profiles/rules.yaml", "templates/themes/own/theme.yaml", "forms/map.yaml", "members.columns.yaml"  # fmt: skip
SOURCE = "source: call text, date: 2026, verified: false"
HEAD = "name: Town\nversion: '1'\nvalid_from: 2026\nsources: []\n"
PLAIN = "requirements:\n  - {id: one, text: One, clause: One, verified: true, needs: [{file: organisation.yaml, path: mission}], sections: [about]}\n"  # fmt: skip
CALL = (
    "calls:\n  - {id: call, title: Call, profile: town, deadline: 2025-06-01, languages: [en], documents: [report]}\n"
)
OTHERS = FACTS | {
    DOC: FACTS[DOC] + CALL,
    TOWN: f"kind: funder\n{HEAD}fields:\n  - {{id: why, label: Why}}\n",
    RULES: f"kind: regulator\n{HEAD}currency: EUR\ntiers:\n  - {{id: small, name: Small, up_to: 10}}\n  - {{id: large, name: Large}}\n{PLAIN}",
    THEME: "name: Own\nlike: [house]\n",
    MAP: "form: unpp.docx\nfields:\n  - {address: 'control:OrgName', fact: organisation.name}\n",
    COLUMNS: "columns:\n  Name: organisation.name.en\n",
}


def _document(old: str, new: str) -> tuple[str, str, str]:
    return DOC, old, new


LOOK = _document("title: Report,", "title: Report, theme: own,")
HELD = _document("title: Report,", "title: Report, profiles: [rules],")
FIELDS = "fields:\n  - {id: why, label: Why}\n"

CHECKED: dict[str, Case] = {
    "a profile that no document is held against": Case("requests/funders.py", "call.unheld", 'add  profiles: ["town"]  to the document that they are for', ((TOWN, FIELDS, f"document: {{pages: 5, {SOURCE}}}\n{FIELDS}"),), edits=((_document("{id: report,", "{id: report, {},"),),)),
    "a section that a funder asks for": Case("requests/funders.py", "document.required", "add it to  sections:", (_document("title: Report,", "title: Report, sections: [contents], profiles: [town],"), (TOWN, FIELDS, f"document: {{required: [cover], {SOURCE}}}\n{FIELDS}")), edits=((_document("sections: [contents]", "{} [cover, contents]"),),)),
    "a section that a call asks for": Case("requests/funders.py", "call.required", "add it to  sections:  of one", (_document("title: Report,", "title: Report, sections: [contents],"), (TOWN, FIELDS, f"document: {{required: [cover], {SOURCE}}}\n{FIELDS}")), edits=((_document("sections: [contents]", "{} [cover, contents]"),),)),
    "a document in no language of its call": Case("requests/funders.py", "call.language", "add one to its  languages:", (_document("2025-06-01, languages: [en]", "2025-06-01, languages: [bg]"),), edits=((_document("title: Report, languages: [en]", "title: Report, {} [en, bg]"),),), also=frozenset({"text.missing"})),
    "a variant that there is not": Case("profiles/load.py", "profile.variant", "write town", (_document("title: Report,", "title: Report, profiles: ['town:east'],"),)),
    "a profile that asks for nothing": Case("profiles/mistakes.py", "profile.mistake", "add  document: {…}  with its rules, or  fields: […]  with their limits", ((TOWN, FIELDS, ""),), {"document: {…}": f"document: {{{SOURCE}}}", "fields: […]": FIELDS.strip()}),
    "tiers without a currency": Case("profiles/mistakes.py", "profile.mistake", "add  currency: GBP  or another", (HELD, (RULES, "currency: EUR\n", "")), edits=(((RULES, "tiers:\n", "{}\ntiers:\n"),),)),
    "a tier without an end": Case("profiles/mistakes.py", "profile.mistake", "add  up_to: 25000  or another; only the last tier has none", (HELD, (RULES, ", up_to: 10", ""))),
    "a last tier that ends": Case("profiles/mistakes.py", "profile.mistake", "leave  up_to: 20  out, or add a tier without", (HELD, (RULES, "name: Large", "name: Large, up_to: 20"))),
    "a list that is gone through": Case("profiles/mistakes.py", "profile.mistake", "write  *  for each of a list", (HELD, (RULES, "path: mission", "path: registrations.number")), edits=(((RULES, "registrations.number", "registrations.{}.number"),),)),
    "no list that is gone through": Case("profiles/mistakes.py", "profile.mistake", "leave the  *  out", (HELD, (RULES, "path: mission", "path: contact.*.email")), edits=(((RULES, "contact.*.email", "contact.email"),),)),
    "a fact that a profile asks for": Case("profiles/assess.py", "requirement.open", "organisation.yaml: add  vision: …", (HELD, (RULES, "path: mission", "path: vision"))),
    "a fact that a profile asks each for": Case("profiles/assess.py", "requirement.open", "add  since: …", (HELD, (RULES, "{file: organisation.yaml, path: mission}", "{file: affiliations.yaml, path: affiliations.*.since, every: true}"), ("affiliations.yaml", "role: A member.}", "role: A member.}\n  - {id: two, network: union, kind: partner, role: A partner.}")), {"…": "2012"}),
    "a fact that a profile asks one for": Case("profiles/assess.py", "requirement.open", "people.yaml: give one of  people:  with  body: staff  its  name: … (of somebody who serves in 2024 and may be published)", (HELD, (RULES, "{file: organisation.yaml, path: mission}", "{file: people.yaml, path: 'people.*[body=staff].name'}")), {"…": "Joe"}, ((("people.yaml", "people:\n", "people:\n  - {id: joe, body: staff, name: Joe, role: Cook}\n"),), None, None)),
    "a colour without quotes": Case("looks/theme.py", "theme.colour", 'write # and six digits from 0 to f, in quotes: "#0f3d4c"', (LOOK, (THEME, "like:", "tokens: {colour-ink: blue}\nlike:")), edits=(((THEME, "blue", '"#0f3d4c"'),),)),
    "a family without its bold": Case("looks/theme.py", "theme.font", "add  bold: fonts/…  (a computer's own fonts are not used)", (LOOK, (THEME, "like:", "fonts:\n  text: {family: IBM Plex Sans, regular: fonts/ibm-plex/IBMPlexSans-Regular.ttf, italic: fonts/ibm-plex/IBMPlexSans-Italic.ttf, bold_italic: fonts/ibm-plex/IBMPlexSans-BoldItalic.ttf}\nlike:")), {"fonts/…": "fonts/ibm-plex/IBMPlexSans-Bold.ttf"}),
    "a theme that builds on itself": Case("looks/theme_file.py", "theme.like", "remove it from  like:", (LOOK, (THEME, "[house]", "[house, own]")), edits=(((THEME, "[house, own]", "[house]"),),)),
}  # fmt: skip

CALLED: dict[str, Case] = {
    "a field that the call answers": Case("submission/counters.py", "counter.open", "write it in the call:  answers: [{field: why, text: …}]", ((TOWN, "label: Why", "label: Why, required: true"),), edits=((_document("documents: [report]}", "documents: [report], {}}"),),)),
    "an answer that is too long": Case("submission/counters.py", "counter.long", "give it a shorter variant:  short: …", ((TOWN, "label: Why", f"label: Why, limit: {{words: 2, {SOURCE}}}"), _document("documents: [report]}", "documents: [report], answers: [{field: why, text: {full: It is ours}}]}")), {"…": "Ours"}, ((_document("{full: It", "{{}, full: It"),),)),
    "a short answer that is too long": Case("submission/counters.py", "counter.long", "shorten its  short:  variant", ((TOWN, "label: Why", f"label: Why, limit: {{words: 1, {SOURCE}}}"), _document("documents: [report]}", "documents: [report], answers: [{field: why, text: {short: It is ours}}]}")), edits=((_document("short: It is ours", "{} Ours"),),)),
    "a format that the funder does not take": Case("submission/build.py", "call.format", "add one of them to the document's  formats: docx", ((TOWN, FIELDS, f"document: {{formats: [docx], {SOURCE}}}\n{FIELDS}"),), edits=((_document("formats: [html]", "formats: [html, docx]"),),)),
    "a language that the document lacks": Case("submission/build.py", "call.language", "add bg to the document's  languages:", (_document("2025-06-01, languages: [en]", "2025-06-01, languages: [en, bg]"),), edits=((_document("title: Report, languages: [en]", "title: Report, {} [en, bg]"),),), also=frozenset({"text.missing"})),
    "an annex in small type": Case("submission/build.py", "call.rules", "write  theme: part-b  in the document, or make a theme with larger type and wider margins", ((TOWN, FIELDS, f"document: {{formats: [pdf], annexes: true, smallest_type: 9, {SOURCE}}}\n{FIELDS}"), _document("formats: [html]", "formats: [pdf], sections: [about]")), edits=((_document("title: Report,", "title: Report, {},"),),)),
    "a call that there is not": Case("submission/build.py", "call.unknown", "add it to  calls:  in documents.yaml", (_document(CALL, ""),), edits=((_document("documents:\n", f"{CALL}documents:\n"),),)),
}  # fmt: skip

FILLED: dict[str, Case] = {
    "an answer that is too long for a form": Case("forms/fill.py", "form.long", "give the fact a shorter variant:  short: …", ((ORG, "mission: Peace.", "mission: {full: Peace and joy to all.}"), (MAP, "{address: 'control:OrgName', fact: organisation.name}", "{address: 'control:Mission', fact: organisation.mission, limit: {words: 2}}")), {"…": "Peace"}, (((ORG, "{full:", "{{}, full:"),),)),
    "a box that is neither true nor false": Case("forms/answers/answer.py", "form.answer", "write true or false", ((MAP, "{address: 'control:OrgName', fact: organisation.name}", "{address: 'control:HasPolicy', value: perhaps}"),), edits=(((MAP, "perhaps", "true"),),)),
    "members as co-applicants": Case("forms/answers/grant_roles.py", "form.answer", "write  rows: co_applicants; in it are the co_applicants of the action, or affiliations with  grant_role: co-applicant", ((MAP, "form: unpp.docx", "form: prag-a2.docx"), (MAP, "{address: 'control:OrgName', fact: organisation.name}", "{address: 'table:2.1', rows: affiliations, columns: {Name: network.name}}")), edits=(((MAP, "rows: affiliations, columns: {Name: network.name}", "rows: co_applicants, columns: {Name: name}"),), None)),
}  # fmt: skip

IN_PANELS: dict[str, Case] = {
    "a text that is too long for its panel": Case("pipeline/fitting.py", "panel.full", "shorten it, or give it a variant  short:  (short, medium and full; the longest that fits is printed)", (_document("kind: annual-report", "kind: brochure-trifold"), (ORG, "mission: Peace.", f"mission: {{full: {'Peace and joy. ' * 200}}}")), edits=(((ORG, "mission: {full:", "mission: {{} Peace., full:"),),)),
}  # fmt: skip

OF_TABLES: dict[str, Case] = {
    "a file of columns without columns": Case("model/tables/columns.py", "columns.form", "write  columns:  and below it lines of  Heading: organisation.name.bg", ((COLUMNS, "columns:\n  Name: organisation.name.en\n", "Name: organisation.name.en\n"),), edits=(((COLUMNS, "Name: organisation.name.en\n", "{}\n  Name: organisation.name.en\n"),), None)),
}  # fmt: skip


def _called(workspace: Workspace) -> list[Problem]:
    found = checked(workspace)
    dossier = pipeline.check(workspace, "amani", templates=False).dossier
    assert dossier, found
    try:
        return [*found, *build.make(workspace, dossier, build.find(dossier, "call")).problems]
    except ReportError as error:
        return [*found, *error.problems]


def _filled(workspace: Workspace) -> list[Problem]:
    from report.forms import fill, form_map
    from report.forms.word.package import open_form

    dossier = pipeline.check(workspace, "amani", templates=False).dossier
    folder = workspace.data / "amani" / "forms"
    for name in ("unpp", "prag-a2"):
        funder.write(folder, name)
    loaded, source = form_map.load(folder / "map.yaml")
    return [
        *fill.fill(open_form(folder / loaded.form), loaded, source, FactSource(dossier, folder.parent, "en")).problems
    ]


def _built(workspace: Workspace) -> list[Problem]:
    with contextlib.suppress(IndexError):
        dossier = pipeline.check(workspace, "amani", templates=False).dossier
        assert dossier
        (job,) = pipeline.jobs(dossier, (), (), ("pdf",))
        try:
            pipeline.run(workspace, job)
        except ReportError as error:
            return [*error.problems]
    return []


def _tabled(workspace: Workspace) -> list[Problem]:
    table = workspace.data / "members.csv"
    table.write_text("id;Name\na;A\n", "utf-8")
    try:
        return [*organisations(workspace, table, "amani").problems]
    except ReportError as error:
        return [*error.problems]


RUNS = (
    (CHECKED, checked), (CALLED, _called), (FILLED, _filled), (IN_PANELS, _built), (OF_TABLES, _tabled),
)  # fmt: skip


@pytest.mark.quick(
    "a text that is too long for its panel",
    "an annex in small type",
    "a language that the document lacks",
    "a call that there is not",
    "a fact that a profile asks for",
    "a tier without an end",
    "a file of columns without columns",
    "a colour without quotes",
    "a list that is gone through",
    "a box that is neither",
)
@pytest.mark.parametrize("name", [name for cases, _ in RUNS for name in cases])
def test_what_a_hint_says_helps(name: str, tmp_path: Path) -> None:
    case, run = next((cases[name], run) for cases, run in RUNS if name in cases)
    prove(case, OTHERS, tmp_path, run)


def test_every_hint_that_shows_yaml_is_followed() -> None:
    """A hint that is new needs a case: a mistake that it is given for, and what following it to the letter does."""
    every = [*CASES.values(), *(case for cases, _ in RUNS for case in cases.values())]
    found = [(at, text) for at, text in templates()]
    assert len(found) > 90
    assert [(at, text) for at, text in found if not any(c.at == at and is_of(c.hint, text) for c in every)] == []
