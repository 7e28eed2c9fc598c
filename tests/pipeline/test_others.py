"""An error stops its own document, language and year, and no other; the summary says which were not made."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from report import pipeline
from report.cli.main import cli
from report.values import Severity
from report.workspace import Workspace

OWN = {
    "organisation.yaml": "name: Amani\ncountry: KE\nlanguages: [en]\nmission: Peace.\n",
    "2020/year.yaml": "currency: KES\nsummary: A year.\n",
    "2024/year.yaml": "currency: KES\nsummary: A year.\n",
    "programmes.yaml": "programmes:\n  - {id: books, name: Old books, until: 2010, summary: We read.}\n",
    "2020/finance.yaml": "income:\n  - {id: gifts, label: Gifts, kind: donations, amount: 100}\n",
}


def _document(name: str, more: str = "year: 2024") -> str:
    kind = "" if "kind:" in more else "kind: annual-report, "
    languages = "" if "languages:" in more else "languages: [en], "
    return f"  - {{id: {name}, {kind}title: {name}, {languages}formats: [html], date: 2025-03-01, {more}}}\n"


def write(folder: Path, *documents: str, **files: str) -> Workspace:
    own = folder / "data" / "amani"
    texts = OWN | {key.replace("__", "/") + ".yaml": text for key, text in files.items()}
    for name, text in {**texts, "documents.yaml": "documents:\n" + "".join(documents)}.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, "utf-8")
    return Workspace.at(folder)


def build(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["build", "amani", "-w", str(folder), "-o", str(folder / "out"), "-j", "1", *words])


def made(folder: Path) -> list[str]:
    return sorted({path.name for path in (folder / "out" / "amani").rglob("*.html")})


@pytest.mark.quick("no-such-kind", "[en, mk]", "no-such-theme")
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("kind: no-such-kind", "not built: wrong (en)"),
        ("year: 2024, theme: no-such-theme", "not built: wrong (en)"),
        ("year: 2024, sections: [no-such-section]", "not built: wrong (en)"),
        ("year: 2024, languages: [en, mk]", "not built: wrong (mk)"),
        ("year: 2024, profiles: [no-such-profile]", "not built: wrong (en)"),
        ("kind: budget", "not built: wrong (en)"),
    ],
)
def test_a_wrong_document_stops_no_other(wrong: str, told: str, tmp_path: Path) -> None:
    write(tmp_path, _document("first"), _document("wrong", wrong), _document("last"))
    done = build(tmp_path)
    assert done.exit_code == 1 and told in done.output, done.output
    checked = CliRunner().invoke(cli, ["check", "amani", "-w", str(tmp_path)])
    assert checked.exit_code == 1 and (
        "mk" in wrong or "document.leaves-out" in checked.output
    )  # the others are composed all the same
    assert made(tmp_path) == ["first-en.html", "last-en.html", *(["wrong-en.html"] if "mk" in wrong else [])]


def test_an_error_of_another_year_stops_none_but_its_own_and_the_next(tmp_path: Path) -> None:
    finance = OWN["2020/finance.yaml"] + "totals: {income: 90, expenditure: 0, result: 90}\n"
    years = {f"{year}__year": OWN["2024/year.yaml"] for year in (2020, 2021, 2022)}
    years["2021__finance"] = OWN["2020/finance.yaml"]
    documents = [_document(f"of-{year}", f"year: {year}") for year in (2020, 2021, 2022, 2024)]
    write(tmp_path, *documents, **{"2020__finance": finance, **years})
    done = build(tmp_path)
    assert done.exit_code == 1 and "not built: of-2020 (en), of-2021 (en)" in done.output, done.output
    assert made(tmp_path) == ["of-2022-en.html", "of-2024-en.html"]


def test_an_error_of_the_facts_of_all_documents_stops_all(tmp_path: Path) -> None:
    write(tmp_path, _document("first"), _document("last"), affiliations="affiliations:\n  - {id: a, network: nowhere, kind: member, role: x}\n")  # fmt: skip
    assert build(tmp_path).exit_code == 1 and made(tmp_path) == []


@pytest.mark.parametrize(("text", "status"), [("{en: Peace., zh: 和平}", 0), ("{en: Peace 和, sw: Amani}", 1)])
def test_only_languages_that_are_made_are_looked_at(text: str, status: int, tmp_path: Path) -> None:
    organisation = OWN["organisation.yaml"].replace("mission: Peace.", f"mission: {text}")
    write(tmp_path, _document("first", "year: 2024, sections: [cover, about, imprint]"), organisation=organisation)
    assert build(tmp_path).exit_code == status


@pytest.mark.quick("yaer", "pptx")
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("yaer: 2024", "documents.1.yaer"),
        ("date: tomorrow, year: 2024", "documents.1.date"),
        ("formats: [pptx], year: 2024", "documents.1.formats"),
        ("languages: [], year: 2024", "documents.1.languages"),
        ("action: nothing, year: 2024", "documents.1.action"),
    ],
)
def test_a_request_that_cannot_be_read_stops_no_other(wrong: str, told: str, tmp_path: Path) -> None:
    request = "  - {id: wrong, kind: annual-report, title: T" + "".join(
        f", {key}: {value}" for key, value in {"languages": "[en]", "formats": "[html]", "date": "2025-03-01"}.items() if f"{key}:" not in wrong
    ) + f", {wrong}}}\n"  # fmt: skip
    workspace = write(tmp_path, _document("first"), request, _document("last"))
    done = build(tmp_path)
    assert done.exit_code == 1 and "not built: wrong" in done.output, done.output
    assert made(tmp_path) == ["first-en.html", "last-en.html"]
    problems = [p for p in pipeline.check(workspace, "amani").problems if p.severity is Severity.ERROR]
    assert [(p.location.key or "").startswith(told) for p in problems if p.location] == [True]
    assert [p.location.line for p in problems if p.location] == [3]
    (tmp_path / "out").rename(tmp_path / "before")
    asked_for = build(tmp_path, "wrong")
    assert asked_for.exit_code == 1 and "not built: wrong" in asked_for.output and made(tmp_path) == []


def test_of_two_requests_with_one_id_none_is_made(tmp_path: Path) -> None:
    write(tmp_path, _document("first"), _document("twin"), _document("twin"), _document("last"))
    done = build(tmp_path)
    assert done.exit_code == 1 and "not built: twin" in done.output, done.output
    assert made(tmp_path) == ["first-en.html", "last-en.html"]


def test_facts_that_cannot_be_read_stop_their_year_and_those_that_compare_with_it(tmp_path: Path) -> None:
    years = {f"{year}__year": OWN["2024/year.yaml"] for year in (2020, 2021, 2024, 2025)}
    years |= {f"{year}__finance": OWN["2020/finance.yaml"] for year in (2021, 2024, 2025)}
    documents = [_document(f"of-{year}", f"year: {year}") for year in (2020, 2021, 2024, 2025)]
    write(tmp_path, *documents, **{"2020__finance": "incme: []\n", **years})
    done = build(tmp_path)
    assert done.exit_code == 1 and "not built: of-2020 (en), of-2021 (en), of-2024 (en)" in done.output, done.output
    assert "no facts of 2020" not in done.output
    assert made(tmp_path) == ["of-2025-en.html"]


@pytest.mark.slow
def test_a_batch_makes_the_others_of_an_organisation(tmp_path: Path) -> None:
    write(tmp_path, _document("first"), _document("wrong", "yaer: 2024"), _document("last"))
    done = CliRunner().invoke(cli, ["batch", "-w", str(tmp_path), "-o", str(tmp_path / "out"), "-j", "1"])
    assert done.exit_code == 1 and "yaer" in done.output, done.output
    assert made(tmp_path) == ["first-en.html", "last-en.html"]


def test_a_call_stops_with_its_own_document_alone(tmp_path: Path) -> None:
    call = "  - {{id: {0}, title: C, profile: un-partner-portal, deadline: 2030-01-01, languages: [en], documents: [{1}]}}\n"
    calls = "calls:\n" + call.format("good", "first") + call.format("bad", "wrong")
    write(tmp_path, _document("first"), _document("wrong", "yaer: 2024"), calls)
    bad = CliRunner().invoke(cli, ["submit", "bad", "amani", "-w", str(tmp_path), "-o", str(tmp_path / "out")])
    assert bad.exit_code == 1 and "yaer" in str(bad.exception), bad.exception
    good = CliRunner().invoke(cli, ["submit", "good", "amani", "-w", str(tmp_path), "-o", str(tmp_path / "out")])
    assert "yaer" not in good.output and "first is made in html" in good.output, good.output
