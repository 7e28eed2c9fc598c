"""A form that goes on for ever, or takes all memory, is a problem at its place; nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from report.forms import untrusted
from report.forms.fill import FactSource
from report.model.dossier import Dossier
from report.values import ReportError, Severity
from tests.forms import bombs, funder


@pytest.mark.quick(
    "a list doubled",
    "a text replaced",
    "a text doubled",
    "a text joined",
    "a wrapped text",
    "conditions",
    "a macro that calls itself",
    "a width",
    "a power",
    "rows of a list",
    "lists in lists",
    "infinity",
    "many words",
)
@pytest.mark.parametrize("name", bombs.TAGS)
def test_a_bomb_ends_within_its_limits(
    name: str, spoc_dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORT_READ_SECONDS", "4")
    monkeypatch.setenv("REPORT_READ_MEMORY", "300")
    form, map_ = tmp_path / "form.docx", tmp_path / "form.yaml"
    form.write_bytes(funder.package(funder.p("{{ organisation.name }}") + funder.p(bombs.TAGS[name])))
    fields = [{"address": "tag:organisation.name", "fact": "organisation.name"}]
    map_.write_text(yaml.safe_dump({"form": form.name, "fields": fields}), "utf-8")
    try:
        done = untrusted.fill_form(form, map_, FactSource(spoc_dossier, tmp_path, "en"))
    except ReportError as error:
        (problem,) = error.problems
        assert problem.code in ("file.time", "file.memory", "file.died") and ("4 seconds" in problem.message or "300 MB" in problem.message)  # fmt: skip
        assert problem.location and problem.location.path == form and problem.hint
    else:
        wrong = [problem for problem in done.problems if problem.severity is Severity.ERROR]
        assert done.content is None and wrong, done.problems
        assert all(problem.code == "form.template" and problem.hint for problem in wrong)
        assert not any("0x" in problem.message for problem in wrong)
    assert {path.name for path in tmp_path.iterdir()} == {"form.docx", "form.yaml"}
