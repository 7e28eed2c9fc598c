"""An error stops its own document, language and year, and no other; the summary says which were not made."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from report.cli.main import cli
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


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("kind: no-such-kind", "not made: wrong (en)"),
        ("year: 2024, theme: no-such-theme", "not made: wrong (en)"),
        ("year: 2024, sections: [no-such-section]", "not made: wrong (en)"),
        ("year: 2024, languages: [en, mk]", "not made: wrong (mk)"),
        ("year: 2024, profiles: [no-such-profile]", "not made: wrong (en)"),
        ("kind: budget", "not made: wrong (en)"),
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
    documents = [_document(f"of-{year}", f"year: {year}") for year in (2020, 2021, 2022, 2024)]
    write(tmp_path, *documents, **{"2020__finance": finance, **years})
    done = build(tmp_path)
    assert done.exit_code == 1 and "not made: of-2020 (en), of-2021 (en)" in done.output, done.output
    assert made(tmp_path) == ["of-2022-en.html", "of-2024-en.html"]


def test_an_error_of_the_facts_of_all_documents_stops_all(tmp_path: Path) -> None:
    write(tmp_path, _document("first"), _document("last"), affiliations="affiliations:\n  - {id: a, network: nowhere, kind: member, role: x}\n")  # fmt: skip
    assert build(tmp_path).exit_code == 1 and made(tmp_path) == []


@pytest.mark.parametrize(("text", "status"), [("{en: Peace., zh: 和平}", 0), ("{en: Peace 和, sw: Amani}", 1)])
def test_only_languages_that_are_made_are_looked_at(text: str, status: int, tmp_path: Path) -> None:
    organisation = OWN["organisation.yaml"].replace("mission: Peace.", f"mission: {text}")
    write(tmp_path, _document("first", "year: 2024, sections: [cover, about, imprint]"), organisation=organisation)
    assert build(tmp_path).exit_code == status
