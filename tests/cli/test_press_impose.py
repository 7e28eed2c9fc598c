"""The command says what it did, and never writes onto its input."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.cli import process
from tests.press.pages import made, read


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return process.run(("press", "impose", *words), folder, os.environ)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report.pdf").write_bytes(made(30))
    return tmp_path


def test_a_booklet_is_told_in_a_line(folder: Path) -> None:
    done = run(folder, "report.pdf", "--scheme", "booklet")
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout == (
        "report-booklet.pdf  30 pages on 8 sheets of A4, 297 × 210 mm, 16 sides; 2 blanks; "
        "print on both sides, flip on the short edge\n"
    )
    with pikepdf.open(folder / "report-booklet.pdf") as pdf:
        assert len(pdf.pages) == 16
        assert pdf.Root.ViewerPreferences == pikepdf.Dictionary(
            PrintScaling=pikepdf.Name("/None"), Duplex=pikepdf.Name.DuplexFlipShortEdge
        )


def test_as_json(folder: Path) -> None:
    done = run(folder, "report.pdf", "-o", "x/out.pdf", "--scheme", "cut-and-stack", "--grid", "2x1", "--flip", "short", "--json")  # fmt: skip
    said = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert said == {
        "file": os.path.join("x", "out.pdf"),
        "pages": 30,
        "sheets": 8,
        "sides": 16,
        "blanks": 2,
        "paper": "A3",
        "size": "297 × 420 mm",
        "scale": 1.0,
        "flip": "short",
        "dropped": {},
        "problems": [],
    }


def test_the_input_is_never_written_to(folder: Path) -> None:
    before = (folder / "report.pdf").read_bytes()
    os.link(folder / "report.pdf", folder / "same.pdf")
    for name in ("report.pdf", "./same.pdf"):
        done = run(folder, "report.pdf", "-o", name, "--scheme", "booklet")
        assert done.returncode == 2 and "never overwritten" in done.stderr
    assert (folder / "report.pdf").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("report.pdf", "--scheme", "n-up", "--creep", "0.1"), 2, "--creep cannot be used with n-up"),
        (("report.pdf", "--scheme", "booklet", "--grid", "2x2"), 2, "--grid cannot be used with booklet"),
        (("report.pdf", "--scheme", "n-up", "--grid", "2"), 2, "rows and columns, such as 2x3"),
        (("report.pdf", "--scheme", "n-up", "--paper", "A9"), 1, "'A9' is not a paper size"),
        (("report.pdf", "--scheme", "n-up", "--gap", "900", "--grid", "1x2"), 1, "--paper A3 --scale fit"),
        (("absent.pdf", "--scheme", "booklet"), 1, "absent.pdf: error: there is no such file"),
        ((".", "--scheme", "booklet"), 2, "is a directory"),
        (("report.pdf",), 2, "--scheme"),
    ],
)
def test_mistakes_are_told(words: tuple[str, ...], status: int, said: str, folder: Path) -> None:
    done = run(folder, *words, "-o", "out.pdf")
    assert done.returncode == status and said in done.stderr, done.stderr
    assert not (folder / "out.pdf").exists() and "Traceback" not in done.stderr


def test_the_same_file_again_is_the_same_bytes(folder: Path) -> None:
    outputs = []
    for name in ("one.pdf", "two.pdf"):
        run(folder, "report.pdf", "--scheme", "step-and-repeat", "-o", name, "--marks", "--paper", "A3")
        outputs.append((folder / name).read_bytes())
    assert outputs[0] == outputs[1]
    assert [len(side) for side in read(outputs[0])] == [2] * 30


@pytest.mark.parametrize("option", ["--gap", "--bleed"])
def test_a_length_is_a_number(folder: Path, option: str) -> None:
    done = run(folder, "report.pdf", "--scheme", "n-up", option, "nan")
    assert done.returncode == 2 and "not a length in millimetres" in done.stderr
