"""``report press check``: what it prints, draws and exits with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from report.cli.main import cli
from report.values import ReportError
from tests.press import planted
from tests.press.check.faults import FAULTS


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["press", "check", *arguments, "-w", str(folder)])


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return planted.write(tmp_path / "clean.pdf")


def spoilt(folder: Path, name: str) -> Path:
    plan = next(fault.plan for fault in FAULTS if fault.name == name)
    return planted.write(folder / "spoilt.pdf", plan)


def test_a_clean_file_is_told_in_facts(tmp_path: Path, clean: Path) -> None:
    done = run(tmp_path, str(clean), "--trim", "148x210", "--pages", "2")
    assert done.exit_code == 0, done.output
    for said in (
        "2; 148 × 210 mm; bleed 3.0 mm",
        "PDF 1.6, PDF/X-4; output intent FOGRA39",
        "140 % (Magenta 60 Yellow 80), page 1 at 20",
        "no problems",
    ):
        assert said in done.output


def test_a_fault_is_told_with_its_place(tmp_path: Path) -> None:
    done = run(tmp_path, str(spoilt(tmp_path, "340 % of ink")))
    assert done.exit_code == 1
    assert "\nPage 2\n" in done.output and "error: 340 % of ink (C 90 M 80 Y 80 K 90)" in done.output
    assert "20.1, 119.9 mm (30.0 × 20.1): " in done.output and "hint: so much ink does not dry" in done.output


def test_warnings_count_where_it_is_strict(tmp_path: Path) -> None:
    file = str(spoilt(tmp_path, "hairline"))
    assert run(tmp_path, file).exit_code == 0
    assert run(tmp_path, file, "--strict").exit_code == 1


def test_folds_are_given_for_each_side(tmp_path: Path) -> None:
    file = str(spoilt(tmp_path, "text 1 mm from a fold"))
    assert run(tmp_path, file, "--folds", "74").exit_code == 0
    done = run(tmp_path, file, "--folds", "74", "--folds", "113")
    assert done.exit_code == 1 and "mm from the fold at 113 mm; 4 mm are safe" in done.output
    assert run(tmp_path, file, "--folds", "a,b").exit_code == 2


def test_json_has_facts_and_findings(tmp_path: Path) -> None:
    done = run(tmp_path, str(spoilt(tmp_path, "RGB text")), "--format", "json")
    told = json.loads(done.output)
    assert told["facts"]["pages"] == 2 and told["facts"]["peak"]["value"] == pytest.approx(140, abs=1)
    (found,) = told["findings"]
    assert (found["code"], found["severity"], found["page"]) == ("print.rgb-text", "error", 2)
    assert found["box_mm"] == pytest.approx([20, 147.4, 32, 150.1], abs=1)


def test_every_page_is_drawn(tmp_path: Path) -> None:
    done = run(tmp_path, str(spoilt(tmp_path, "RGB shape")), "--pictures", str(tmp_path / "drawn"), "--folds", "74")
    assert done.exit_code == 1
    first, second = sorted((tmp_path / "drawn").glob("*.png"))
    assert (first.name, second.name) == ("spoilt-001.png", "spoilt-002.png")
    with Image.open(second) as image:
        red = [count for count, colour in image.convert("RGB").getcolors(1 << 20) or [] if colour == (200, 16, 46)]
        assert red and red[0] > 500  # the outline and its number


def test_what_is_no_pdf_and_no_profile_is_told(tmp_path: Path, clean: Path) -> None:
    (tmp_path / "none.pdf").write_bytes(b"none")
    for arguments in ((str(tmp_path / "none.pdf"),), (str(clean), "-p", "print-moon"), (str(clean), "-p", "gri-2-28")):
        assert isinstance(run(tmp_path, *arguments).exception, ReportError)


@pytest.mark.parametrize(
    "words",
    [
        ("--trim", "0x0"),
        ("--folds", "-3"),
        ("--folds", "nan"),
        ("--folds", "inf"),
        ("--trim", "148x210", "--folds", "200"),
    ],
)
def test_sizes_and_folds_that_cannot_be_are_a_wrong_call(tmp_path: Path, clean: Path, words: tuple[str, ...]) -> None:
    assert run(tmp_path, str(clean), *words).exit_code == 2
