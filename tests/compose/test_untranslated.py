"""Only what is printed is asked for in a document's languages; what is missing is told at its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from report import pipeline
from report.cli.main import cli
from report.values import Problem, Severity
from report.workspace import Workspace

OWN = {
    "organisation.yaml": "name: {en: Amani, bg: Амани}\ncountry: KE\nlanguages: [en, bg]\nmission: {en: Peace., bg: Мир.}\nvision: {en: Water.}\n",
    "programmes.yaml": "programmes:\n  - {id: wells, name: {en: Wells}, summary: {en: We dig.}}\n",
    "projects.yaml": "projects:\n  - {id: p, title: {en: Seeds}, funder_name: {en: Fund, bg: Фонд}, since: 2025, role: COO}\n",
}


def written(folder: Path, *requests: str) -> Workspace:
    own = folder / "data" / "amani"
    own.mkdir(parents=True)
    listed = "".join(
        f"  - {{id: d{n}, title: {{en: T, bg: Т}}, formats: [html], date: 2026-03-01, {one}}}\n"
        for n, one in enumerate(requests, 1)
    )
    for name, text in (OWN | {"documents.yaml": f"documents:\n{listed}"}).items():
        (own / name).write_text(text, "utf-8")
    return Workspace.at(folder)


def missing(workspace: Workspace) -> list[tuple[Severity, str, int | None]]:
    def told(p: Problem) -> tuple[Severity, str, int | None]:
        assert p.location and p.hint
        return p.severity, p.location.path.name, p.location.line

    return sorted(told(p) for p in pipeline.check(workspace, "amani").problems if p.code == "text.missing")


ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("requests", "told"),
    [
        (["kind: previous-projects, languages: [en]"], []),
        (["kind: previous-projects, languages: [bg]"], [(ERROR, "projects.yaml", 2)]),
        (["kind: annual-report, languages: [en]", "kind: previous-projects, languages: [bg]"], [(ERROR, "projects.yaml", 2)]),
        (["kind: annual-report, languages: [bg], sections: [cover, imprint]"], []),
        (["kind: annual-report, languages: [en, bg]"], [(ERROR, "organisation.yaml", 5), (ERROR, "programmes.yaml", 2), (ERROR, "programmes.yaml", 2)]),
        (["kind: annual-report, languages: [bg], fallback: en"], [(WARNING, "organisation.yaml", 5), (WARNING, "programmes.yaml", 2), (WARNING, "programmes.yaml", 2)]),
    ],
)  # fmt: skip
def test_what_is_printed_is_asked_for(tmp_path: Path, requests: list[str], told: list[tuple[Severity, str, int]]) -> None:  # fmt: skip
    assert missing(written(tmp_path, *requests)) == told


@pytest.mark.quick("requests1-1-made1")
@pytest.mark.parametrize(
    ("requests", "status", "made"),
    [
        (["kind: previous-projects, languages: [en]", "kind: annual-report, languages: [bg], sections: [cover, imprint]"], 0, ["d1-en.html", "d2-bg.html"]),
        (["kind: annual-report, languages: [en, bg]", "kind: previous-projects, languages: [en]"], 1, ["d1-en.html", "d2-en.html"]),
    ],
)  # fmt: skip
def test_others_are_made(tmp_path: Path, requests: list[str], status: int, made: list[str]) -> None:
    written(tmp_path, *requests)
    done = CliRunner().invoke(cli, ["build", "amani", "-w", str(tmp_path), "-j", "1"])
    assert done.exit_code == status, done.output
    assert sorted(path.name for path in (tmp_path / "output" / "amani").rglob("*.html")) == made
    assert ("not built: d1 (bg)" in done.output) == bool(status)
