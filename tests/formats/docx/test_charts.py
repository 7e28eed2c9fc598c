"""Charts in Word are Word's own: chart parts with a workbook, whose numbers are the facts'."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from lxml import etree

from report import pipeline
from report.workspace import Workspace
from tests.conftest import ROOT, Built

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORGANISATION, REPORT = "lantern-bridge", "annual-report-2026"


@pytest.fixture
def language(built: Built) -> str:
    """The language in which the repository's report with most charts is built."""
    return next(job.language for job in built if job.document == REPORT)


@pytest.fixture
def package(built: Built) -> zipfile.ZipFile:
    return zipfile.ZipFile(next(files["docx"].path for job, (_, files) in built.items() if job.document == REPORT))


def workbook(package: zipfile.ZipFile, chart: str) -> list[list[str]]:
    """Return the cells of a chart's workbook, found by the relation that the chart names."""
    root = etree.fromstring(package.read(chart))
    wanted = root.find(f"{C}externalData").get(f"{R}id")
    relations = etree.fromstring(package.read(chart.replace("charts/", "charts/_rels/") + ".rels"))
    target = next(r.get("Target") for r in relations if r.get("Id") == wanted)
    with zipfile.ZipFile(io.BytesIO(package.read(f"word/{target.removeprefix('../')}"))) as book:
        strings = ["".join(i.itertext()) for i in etree.fromstring(book.read("xl/sharedStrings.xml"))]
        rows = etree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{M}row")
        return [
            [strings[int(c.findtext(f"{M}v"))] if c.get("t") == "s" else c.findtext(f"{M}v") for c in r] for r in rows
        ]


def charts(package: zipfile.ZipFile) -> list[str]:
    return sorted(n for n in package.namelist() if n.startswith("word/charts/chart") and n.endswith(".xml"))


def test_every_chart_has_a_workbook_with_the_numbers_that_it_shows(package: zipfile.ZipFile) -> None:
    found = charts(package)
    assert len(found) >= 12
    for name in found:
        root, rows = etree.fromstring(package.read(name)), workbook(package, name)
        shown = [[v.text for v in s.find(f"{C}val").iter(f"{C}v")] for s in root.iter(f"{C}ser")]
        assert [[float(v) for v in one] for one in shown] == [
            [float(row[n]) for row in rows[1:] if n < len(row)] for n in range(1, len(rows[0]) + 1) if n < len(rows[1])
        ]
        labels = [v.text for v in root.find(f".//{C}ser").find(f"{C}cat").iter(f"{C}v")]
        assert labels == [row[0] for row in rows[1:]]


def test_the_numbers_are_those_of_the_facts(package: zipfile.ZipFile, language: str) -> None:
    facts = yaml.safe_load((ROOT / f"data/{ORGANISATION}/2026/finance.yaml").read_text("utf-8"))
    lines = {line["label"][language]: Decimal(str(line["amount"])) for line in facts["income"]}
    books = [{row[0]: Decimal(row[1]) for row in workbook(package, n)[1:] if len(row) == 2} for n in charts(package)]
    assert lines in books
    spent: dict[str, Decimal] = {}
    for line in facts["expenditure"]:
        spent[line["nature"]] = spent.get(line["nature"], Decimal()) + Decimal(str(line["amount"]))
    largest = sorted(spent.values(), reverse=True)[:5]
    assert any(
        sorted(book.values(), reverse=True)[:5] == largest or set(largest) <= set(book.values()) for book in books
    )


def test_a_chart_says_in_words_what_it_shows(package: zipfile.ZipFile, language: str) -> None:
    root = etree.fromstring(package.read("word/document.xml"))
    told = [
        e.get("descr") for e in root.iter() if etree.QName(e).localname == "docPr" and e.get("name").startswith("Chart")
    ]
    assert len(told) == len(charts(package)) and all(
        {"en": "chart. ", "bg": "диаграма"}[language] in words and any(c.isdigit() for c in words) for words in told
    )


def test_the_same_facts_give_the_same_workbook(tmp_path: Path) -> None:
    workspace = Workspace.at(ROOT, tmp_path)
    checked = pipeline.check(workspace, ORGANISATION, templates=False)
    (job,) = pipeline.jobs(checked.dossier, ("highlights-2026",), ("en",), ("docx",), ("screen",))
    one, other = (pipeline.run(workspace, job, checked.dossier, force=True).artifacts[-1].sha256 for _ in range(2))
    assert one == other
