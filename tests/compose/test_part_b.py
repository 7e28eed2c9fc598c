"""Themes that build on others, and the one whose pages Part B of the EU's portal takes: 9 points and 15 mm, everywhere."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from pathlib import Path

import pytest

from report import pipeline
from report.forms import libreoffice
from report.looks.theme import look, points
from report.press.measure import measure
from report.profiles import load
from report.profiles.pages import broken
from report.values import Artifact, Job, ReportError
from report.workspace import Workspace
from tests.conftest import ROOT

DEMO = "lantern-bridge"
REPOSITORY = Workspace.at(ROOT)
RULES = load.funder(REPOSITORY, "eu-portal-part-b:cbhe").profile.document
LIST = Job(DEMO, "previous-projects", "en", ("pdf", "docx"), "screen")


def theme(workspace: Workspace, name: str, text: str, **files: str) -> None:
    folder = workspace.root / "templates" / "themes" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "theme.yaml").write_text(f"name: A theme\n{text}", "utf-8")
    for file, said in files.items():
        (folder / file.replace("_", ".")).write_text(said, "utf-8")


def test_a_theme_has_what_those_it_builds_on_say_the_later_over_the_earlier(small: Workspace) -> None:
    theme(small, "sand", 'tokens: {colour-accent: "#7a1f5c", size-small: 8.5pt}\nletterhead: [logo]\n', theme_css="p { order: 1 }")  # fmt: skip
    theme(small, "large", "tokens: {size-small: 11pt, size-text: 12pt}\n", theme_css="p { order: 2 }")
    theme(small, "ours", "like: [sand, large]\ntokens: {size-text: 13pt}\n")
    made = look(small, "ours", "annual-report")
    assert made.tokens["colour-accent"] == "#7a1f5c" and made.letterhead == ("logo",)
    assert (made.tokens["size-small"], made.tokens["size-text"]) == ("11pt", "13pt")
    assert [style for style in made.styles if style.startswith("p {")] == ["p { order: 1 }", "p { order: 2 }"]
    theme(small, "ours", "like: [large, sand]\n")  # a change is seen
    assert look(small, "ours", "annual-report").tokens["size-small"] == "8.5pt"


@pytest.mark.parametrize(
    ("said", "code", "word"),
    [("like: [snad]", "theme.unknown", "snad"), ("like: [sand, ours]", "theme.like", "ours, ours"), ("like: [turn]", "theme.like", "ours, turn, ours")],
)  # fmt: skip
def test_a_slip_in_what_a_theme_builds_on_is_located(small: Workspace, said: str, code: str, word: str) -> None:
    theme(small, "sand", "tokens: {size-small: 8.5pt}\n")
    theme(small, "turn", "like: [ours]\n")
    theme(small, "ours", f"{said}\n")
    with pytest.raises(ReportError) as caught:
        look(small, "ours", "annual-report")
    (problem,) = caught.value.problems
    assert problem.code == code and word in problem.message and problem.location.line and problem.hint


def test_no_size_of_part_b_is_below_what_is_asked_for() -> None:
    for name in ("part-b", "lanterns-part-b"):
        tokens = look(REPOSITORY, name, "previous-projects").tokens
        sizes = {token: points(value) for token, value in tokens.items() if token.startswith("size-")}
        assert min(sizes.values()) >= float(RULES.smallest_type), sizes
        margins = [points(tokens[f"page-margin-{side}"]) / 72 * 25.4 for side in ("top", "bottom", "left", "right")]
        assert min(margins) >= float(RULES.margins)
    assert look(REPOSITORY, "lanterns-part-b", "previous-projects").letterhead == ("logo", "website")


@pytest.fixture(scope="module")
def made(repository: Workspace) -> dict[str, tuple[Artifact, ...]]:
    """The list of previous projects in both languages; that it is held against the rules is its own request's doing."""
    return {
        language: pipeline.run(repository, dataclasses.replace(LIST, language=language)).artifacts
        for language in ("en", "bg")
    }


@pytest.mark.parametrize("language", ["en", "bg"])
def test_the_list_of_previous_projects_is_taken_as_part_of_part_b(
    made: dict[str, tuple[Artifact, ...]], language: str
) -> None:
    path = next(one.path for one in made[language] if one.format == "pdf")
    assert not list(broken(RULES, measure(path)))
    word = next(one.path for one in made[language] if one.format == "docx")
    with zipfile.ZipFile(word) as package:
        parts = [package.read(name).decode() for name in package.namelist() if re.match(r"word/(document|header|footer|footnotes)", name)]  # fmt: skip
        styles = _sizes(package.read("word/styles.xml").decode())
    used = {style for part in parts for style in re.findall(r'<w:[pr]Style w:val="([^"]+)"', part)}
    direct = {int(size) for part in parts for size in re.findall(r'<w:sz w:val="(\d+)"', part)}
    assert used and min([*direct, *(styles[style] for style in used if style in styles)]) >= 18  # half points


def _sizes(styles: str) -> dict[str, int]:
    """Return the size of type that each style sets, in half points."""
    found = {}
    for one in re.findall(r"<w:style .*?</w:style>", styles, re.S):
        size = re.search(r'<w:sz w:val="(\d+)"', one)
        if size:
            found[re.search(r'w:styleId="([^"]+)"', one)[1]] = int(size[1])
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "bg"])
def test_its_word_file_is_taken_too_once_it_is_saved_as_pdf(
    made: dict[str, tuple[Artifact, ...]], language: str
) -> None:
    word = next(one.path for one in made[language] if one.format == "docx")
    found = libreoffice.measured(Path(word).read_bytes())
    assert found is not None, "LibreOffice is needed"
    assert not list(broken(RULES, found))
