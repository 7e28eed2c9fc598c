"""The workbook of an action: formulas that come to our own cents, in our reckoning of them and in LibreOffice's."""

from __future__ import annotations

import csv
import dataclasses
import re
import shutil
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree as ET

import pytest

from report import formats, pipeline
from report.compose.charts.pen import Pen
from report.compose.views.actions import ActionView, FundingView
from report.compose.workbooks import _apart
from report.compose.workbooks import budget as sheets
from report.formats import workbook as writing
from report.language.labels import Labels
from report.language.writer import Writer
from report.model.action import Action
from report.model.budget import Budget, reckon
from report.model.organisation import Organisation
from report.values import Document
from report.values.workbook import Cell, Workbook, sheet_name
from tests.formats import calculator
from tests.judges import required
from tests.judges.missing import run
from tests.model import actions
from tests.model.test_budget import random_budget

_NAMES = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def _document(folder: Path, document: str = "budget", **changed: tuple[str, str]) -> Document:
    workspace = actions.workspace(folder, **changed)
    checked = pipeline.check(workspace, "lantern", templates=False)
    assert checked.dossier, checked.errors
    (job,) = pipeline.jobs(checked.dossier, (document,), (), ("xlsx",))
    return pipeline.prepare(workspace, job)


def _random(seed: int) -> Workbook:
    """Return the sheets of a random budget, with funding that comes to its costs."""
    budget = random_budget(seed)
    part = (reckon(budget).accepted.all / 3).quantize(Decimal("0.01"))
    gives = [{"kind": "requested", "amount": part}, {"kind": "applicant", "amount": reckon(budget).accepted.all - part}]
    full = Budget.model_validate({**budget.model_dump(), "funding": gives})
    facts = Action.model_validate({"id": "x", "title": "X"}).model_copy(update={"budget": full})
    view = ActionView(facts, None, (), (), reckon(full), tuple(FundingView(one, None) for one in full.funding), (), ())
    pen = Pen(Writer("en"), Labels("en", {}, None))
    organisation = Organisation.model_validate({"name": "X", "country": "IE", "languages": ["en"]})
    return Workbook(tuple(sheets.sheets(view, organisation, pen)))


def _shown(cell: Cell) -> float:
    assert isinstance(cell.value, Decimal)
    return float(cell.value)


def test_formulas_come_to_what_is_told(tmp_path: Path) -> None:
    book = _document(tmp_path).workbook
    assert book and [sheet.name for sheet in book.sheets] == [
        "Budget of the action", "Sources of funding", "Logical framework", "Activities",
    ]  # fmt: skip
    found = list(calculator.formulas(book))
    assert len(found) > 30
    reckoned = calculator.Calculator(book)
    for sheet, cell in found:
        assert reckoned.result(sheet, cell) == pytest.approx(_shown(cell), abs=1e-9), cell


def test_random_budgets_come_to_the_same_cents_in_binary_numbers() -> None:
    for seed in range(20):
        book = _random(seed)
        assert len(book.sheets) == 2
        reckoned = calculator.Calculator(book)
        for sheet, cell in calculator.formulas(book):
            assert reckoned.result(sheet, cell) == pytest.approx(_shown(cell), abs=1e-6), (seed, cell)


def test_every_line_is_a_product_and_every_total_a_sum(tmp_path: Path) -> None:
    book = _document(tmp_path).workbook
    assert book
    rows = {str(row[1].value): row for row in book.sheets[0].rows if len(row) > 5}
    assert rows["Keeper"][5] == Cell(Decimal("2424.24"), "ROUND(D7*E7,2)")
    assert rows["Keeper"][8] == Cell(Decimal("1199.88"), "ROUND(G7*H7,2)")
    assert rows["Journeys"][7] == Cell(Decimal("10.01"), "E10") and rows["Journeys"][5].value == Decimal("25.03")
    assert rows["Subtotal direct eligible costs"][5].formula == "SUM(F8,F11,F14)"
    indirect = rows["Indirect costs (7 % of 7, at most 7 %)"]
    assert indirect[5] == Cell(Decimal("187.78"), "ROUND($D$16/100*F15,2)", "total")
    assert rows["Total accepted costs (11 + 12)"][5].value == Decimal("2982.86")
    assert book.sheets[1].rows[-1][2].value == 0, "funding and costs are equal"


def test_a_file_holds_formulas_with_their_values(tmp_path: Path) -> None:
    document = _document(tmp_path)
    one, two = (writing.write(document, tmp_path / name) for name in ("one.xlsx", "two.xlsx"))
    assert one.sha256 == two.sha256 and one.format == "xlsx"
    with zipfile.ZipFile(one.path) as file:
        sheet = ET.fromstring(file.read("xl/worksheets/sheet1.xml"))
        core = file.read("docProps/core.xml").decode()
    cells = {c.get("r"): c for c in sheet.iter(f"{{{_NAMES['s']}}}c")}
    assert cells["F7"].findtext("s:f", namespaces=_NAMES) == "ROUND(D7*E7,2)"
    assert cells["F7"].findtext("s:v", namespaces=_NAMES) == "2424.24"
    assert cells["E10"].findtext("s:v", namespaces=_NAMES) == "10.01"
    assert "2026-04-01T00:00:00Z" in core
    pane = sheet.find(".//s:pane", _NAMES)
    assert pane is not None and pane.get("topLeftCell") == "A5"


def test_a_text_that_looks_like_a_formula_is_a_text(tmp_path: Path) -> None:
    document = _document(tmp_path, actions=("text: Keeper", 'text: "=1+1"'))
    with zipfile.ZipFile(writing.write(document, tmp_path / "x.xlsx").path) as file:
        assert b"<f>1+1</f>" not in file.read("xl/worksheets/sheet1.xml")
        assert "=1+1" in file.read("xl/sharedStrings.xml").decode()


def test_without_a_first_year_there_are_no_columns_for_it(tmp_path: Path) -> None:
    text = actions.ACTIONS
    for part in (
        ", units_year_1: 12, unit_value_year_1: 99.99",
        ", units_year_1: 0.5",
        ", units_year_1: 7",
        ", year_1: 40.00",
    ):
        text = text.replace(part, "")
    document = _document(tmp_path, actions=(actions.ACTIONS, text))
    assert document.workbook and {len(row) for row in document.workbook.sheets[0].rows[2:] if len(row) > 2} == {6}
    assert "Year 1" not in document.html


@pytest.mark.slow
def test_libreoffice_finds_the_same_cents(tmp_path: Path) -> None:
    """The values are taken out, so that every one that comes back was reckoned there."""
    soffice = shutil.which("soffice")
    if soffice is None:
        _missing("LibreOffice is not installed")
    base = _document(tmp_path)
    for seed in range(3):
        document = dataclasses.replace(base, workbook=_random(seed))
        path = writing.write(document, tmp_path / f"full-{seed}.xlsx").path
        found = _recalculated(soffice, path, tmp_path / str(seed))
        for sheet in document.workbook.sheets if document.workbook else ():
            for row, cells in enumerate(sheet.rows):
                for place, cell in enumerate(cells):
                    if cell.formula:
                        assert Decimal(found[sheet.name][row][place]) == cell.value, (seed, sheet.name, row, cell)


def _missing(why: str) -> NoReturn:
    """Skip the test, or fail it where judges are required."""
    (pytest.fail if required() else pytest.skip)(f"{why} (make judges installs it)")


def _recalculated(soffice: str, path: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Return every sheet of a workbook, as LibreOffice reckons it without the values that it came with."""
    folder.mkdir()
    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", old.read(name)))
    # every sheet, numbers as they are and not as they are shown
    rule = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    with tempfile.TemporaryDirectory() as profile:
        run(soffice, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", rule,
            "--outdir", folder, bare)  # fmt: skip
    files = {file.stem.removeprefix("bare-"): file for file in folder.glob("bare-*.csv")}
    if not files:
        _missing("LibreOffice has no Calc here")
    return {name: list(csv.reader(file.read_text("utf-8").splitlines())) for name, file in files.items()}


def test_a_text_that_a_cell_cannot_hold_is_told_of(tmp_path: Path) -> None:
    made = _document(tmp_path, actions=("text: Keeper", f"text: {'k' * 40_000}"))
    writing.write(made, tmp_path / "budget.xlsx")
    found = formats.problems("xlsx", made)
    assert [(p.code, "has 40,000 and is cut" in p.message) for p in found] == [("xlsx.cut", True)]


def test_a_label_that_is_too_long_for_a_sheet_is_cut_in_formulas_too(tmp_path: Path) -> None:
    """Whoever translates the labels does not know what spreadsheets take as the name of a sheet."""
    budget = random_budget(7)
    whole = reckon(budget).accepted.all
    full = Budget.model_validate({**budget.model_dump(), "funding": [{"kind": "requested", "amount": whole}]})
    facts = Action.model_validate({"id": "x", "title": "X"}).model_copy(update={"budget": full})
    view = ActionView(facts, None, (), (), reckon(full), tuple(FundingView(one, None) for one in full.funding), (), ())
    long = "Costs [all]: what the whole action comes to / year"
    pen = Pen(
        Writer("en"),
        Labels("xx", {(name, None): (long,) for name in ("Budget of the action", "Sources of funding")}, None),
    )
    organisation = Organisation.model_validate({"name": "X", "country": "IE", "languages": ["en"]})
    costs, funding = sheets.sheets(view, organisation, pen)
    assert costs.name == sheet_name(long) and len(costs.name) <= 31 and not set("[]:*?/\\") & set(costs.name)
    assert any(f"'{costs.name}'!" in cell.formula for row in funding.rows for cell in row)
    apart = [sheet.name for sheet in _apart((costs, funding))]
    assert len({name.lower() for name in apart}) == 2 and apart[0] == costs.name and max(map(len, apart)) <= 31
