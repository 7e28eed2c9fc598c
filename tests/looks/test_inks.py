"""What a theme's colours are printed in looks like them, and slips are told."""

from __future__ import annotations

import dataclasses
import datetime
import math
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from report.cache import fingerprint
from report.html.parser import tree
from report.looks import theme
from report.profiles import load
from report.values import Document, Inks, Job, Look, Problem, ReportError, Severity
from report.workspace import Workspace

_LOOKS_ALIKE = 12
"""CIE 1976 colour difference: side by side one sees it, page against screen one does not."""


def _lab(picture: Image.Image, profile: object) -> tuple[float, ...]:
    """Return CIE L*a*b*, relative to the white of the paper or of the screen."""
    lab = ImageCms.createProfile("LAB")
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    made = ImageCms.buildTransform(profile, lab, picture.mode, "LAB", intent, flags)
    light, a, b = ImageCms.applyTransform(picture, made).getpixel((0, 0))
    return light / 2.55, a - 128, b - 128


def _difference(colour: str, inks: Inks, icc: Path) -> float:
    printed = Image.new("CMYK", (1, 1), tuple(round(part * 2.55) for part in inks))
    shown = _lab(Image.new("RGB", (1, 1), colour), ImageCms.createProfile("sRGB"))
    return math.dist(shown, _lab(printed, ImageCms.ImageCmsProfile(str(icc))))


@pytest.mark.parametrize("name", ["house", "lanterns", "meadow", "signal"])
def test_every_colour_has_inks_that_look_like_it(repository: Workspace, name: str) -> None:
    look, icc = theme.look(repository, name, "annual-report"), load.printer(repository, "print-europe").icc
    assert set(look.inks) == {token for token in look.tokens if token.startswith("colour-")}
    for token, inks in look.inks.items():
        assert _difference(look.tokens[token], inks, icc) < _LOOKS_ALIKE, token
        assert sum(inks) <= 240 and sum(part > 0 for part in inks) <= 3, token


@pytest.mark.parametrize("name", ["house", "lanterns"])
def test_text_is_black_alone_and_muted_text_two_inks(repository: Workspace, name: str) -> None:
    inks = theme.look(repository, name, "annual-report").inks
    assert inks["colour-ink"] == (0, 0, 0, 100) and inks["colour-paper"] == (0, 0, 0, 0)
    assert sum(part > 0 for part in inks["colour-muted"]) <= 2


def test_colours_are_found_by_what_they_look_like(repository: Workspace) -> None:
    look = theme.look(repository, "lanterns", "annual-report")
    assert look.printed["#12384b"] == look.inks["colour-primary"] and look.named["#12384b"] == "colour-primary"
    assert look.printed["#1d2a30"] == (0, 0, 0, 100)


def _look(workspace: Workspace, text: str) -> Look:
    path = workspace.root / "templates/themes/mine/theme.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"name: Mine\n{text}", "utf-8")
    return theme.look(workspace, "mine", "annual-report")


def test_another_colour_leaves_the_inks_of_the_house(workspace: Workspace) -> None:
    look = _look(workspace, 'tokens: {colour-accent: "#7a1f5c"}\n')
    assert "colour-accent" not in look.inks and look.inks["colour-ink"] == (0, 0, 0, 100)


def test_other_inks_are_another_document(workspace: Workspace) -> None:
    look = _look(workspace, "cmyk: {colour-accent: [0, 80, 90, 20]}\n")
    assert look.inks["colour-accent"] == (0, 80, 90, 20)
    made = Document("T", "en", "annual-report", tree("<p>x</p>"), datetime.date(2026, 1, 1), look)
    other = dataclasses.replace(made, look=dataclasses.replace(look, inks={}))
    job = Job("spoc", "report", "en", ("pdf",))
    assert fingerprint.document(made, job) != fingerprint.document(other, job)


def _problem(workspace: Workspace, text: str) -> Problem:
    with pytest.raises(ReportError) as caught:
        _look(workspace, text)
    (problem,) = caught.value.problems
    assert problem.location.path.name == "theme.yaml" and (problem.hint or "must be" in problem.message)
    return problem


def test_inks_of_no_colour(workspace: Workspace) -> None:
    problem = _problem(workspace, "cmyk:\n  colour-acent: [0, 0, 0, 100]\n")
    assert problem.code == "theme.cmyk" and "'colour-accent'" in problem.hint and problem.location.line == 3


@pytest.mark.parametrize(
    ("inks", "word"),
    [
        ("[0, 0, 0]", "four inks"),
        ("[0, 0, 0, 100, 0]", "four inks"),
        ("[0, 0, 0, 101]", "100"),
        ("[0, -1, 0, 0]", "at least 0"),
        ("[0, 0, much, 0]", "number"),
        ("black", "list"),
    ],
)
def test_inks_are_four_numbers_from_0_to_100(workspace: Workspace, inks: str, word: str) -> None:
    problem = _problem(workspace, f"cmyk:\n  colour-accent: {inks}\n")
    assert word in problem.message and problem.location.line == 3


def test_one_colour_is_printed_in_the_same_inks(workspace: Workspace) -> None:
    text = 'tokens:\n  colour-sand: "#F0B541"\ncmyk:\n  colour-sand: [0, 40, 90, 0]\n'
    problem = _problem(workspace, text)
    assert problem.code == "theme.cmyk" and problem.location.line == 5
    assert "colour-sand" in problem.message and "colour-sun" in problem.message


def test_more_ink_than_paper_takes_is_a_warning(workspace: Workspace) -> None:
    from report.looks import inks

    _look(workspace, "cmyk:\n  colour-primary: [100, 80, 60, 70]\n  colour-sun: [0, 30, 80, 0]\n")
    (problem,) = inks.heavy(workspace, "mine")
    assert (problem.severity, problem.code, problem.location.line) == (Severity.WARNING, "theme.cmyk", 3)
    assert "310" in problem.message and problem.hint
