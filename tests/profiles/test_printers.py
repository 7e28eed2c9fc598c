"""Printers' profiles: those that come with the program, and mistakes in one of a workspace's own."""

from pathlib import Path

import pytest

from report.profiles import load
from report.values import ReportError, UsageError
from report.workspace import Workspace, bundled_profiles

PRINTERS = ("print-europe", "print-saxoprint", "print-uncoated")


@pytest.fixture
def printers(tmp_path: Path) -> Workspace:
    (tmp_path / "data/profiles").mkdir(parents=True)
    return Workspace.at(tmp_path)


def shop(workspace: Workspace, *changes: tuple[str, str]) -> load.Shop:
    text = (bundled_profiles() / "print-europe.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (workspace.data / "profiles/mine.yaml").write_text(text, "utf-8")
    return load.printer(workspace, "mine")


@pytest.mark.parametrize("name", PRINTERS)
def test_a_printer_s_profile_comes_with_its_colours(printers: Workspace, name: str) -> None:
    found = load.printer(printers, name)
    assert found.icc.read_bytes()[36:40] == b"acsp"  # ICC.1, 7.2: every profile has this signature
    assert found.icc.with_suffix(".txt").is_file()  # its licence
    assert found.profile.images.least <= found.profile.images.wanted


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("ISOcoated_v2_300_bas.icc", "ISOcoated_v2_300_bass.icc"),
            "there is no ICC profile ISOcoated_v2_300_bass.icc",
        ),
        (("ISOcoated_v2_300_bas.icc", "../../secret.icc"), "there is no ICC profile ../../secret.icc"),
        (("least: 150", "least: 400"), "400 pixels per inch are the least, and 300 are asked for beside it"),
        (("black: 6,", "black: 9,"), "9 points are the least in one ink, and 7 are asked for beside it"),
        (("PDF/X-4", "PDF/X-7"), "PDF/X-7"),
    ],
)
def test_mistakes_are_told_at_their_line(printers: Workspace, change: tuple[str, str], said: str) -> None:
    with pytest.raises(ReportError) as told:
        shop(printers, change)
    found = [
        problem for problem in told.value.problems if said in f"{problem.message} {problem.hint} {problem.location}"
    ]
    assert found and found[0].location and found[0].location.line, told.value.problems


def test_a_profile_of_another_kind_is_no_printer_s(printers: Workspace) -> None:
    with pytest.raises(UsageError, match="not a printer's profile"):
        load.printer(printers, "bg-zyulnts-art40")
    with pytest.raises(UsageError, match="printer's profile, and has no requirements"):
        load.load(printers, "print-europe")
