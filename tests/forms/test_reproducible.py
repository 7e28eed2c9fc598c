"""The same form, map and facts give the same bytes, whenever they are filled."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from docx.opc.package import OpcPackage
from docx.opc.parts import coreprops
from PIL import Image

from report.forms.fill import FactSource, FilledForm
from report.model.dossier import Dossier
from tests.forms import funder, support
from tests.forms.funder import p
from tests.forms.test_fill import FIELDS
from tests.forms.test_template import NAME, form_with_parts

TEMPLATES = {
    "tags": funder.package(NAME),
    "tags and a picture": funder.package(NAME + p("{{ picture('logo.png', 'A logo', 30) }}") + p("{{r rich('x', bold=True) }}")),
    "tags in headers, notes and properties": form_with_parts(),
    "no answer that changes the text": funder.package(p("{% set x = 1 %}{{ organisation.name }}")),
}  # fmt: skip
TAG = [{"address": "tag:organisation.name", "fact": "organisation.name"}]


@pytest.fixture(params=[*FIELDS, *TEMPLATES])
def form(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param in FIELDS:
        return funder.write(tmp_path, request.param)
    path = tmp_path / "template.docx"
    path.write_bytes(TEMPLATES[request.param])
    return path


@pytest.fixture
def years(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Yield two years, and set the clocks to each."""

    def set_clocks() -> Iterator[int]:
        for year in (2026, 2031):
            now = datetime.datetime(year, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
            clock = mock.Mock(wraps=datetime.datetime, now=lambda _zone=None, now=now: now)
            monkeypatch.setattr(coreprops, "dt", mock.Mock(wraps=datetime, datetime=clock))
            monkeypatch.setattr(time, "time", now.timestamp)
            monkeypatch.setattr(time, "localtime", lambda _=None, now=now: now.timetuple())
            yield year

    return set_clocks()


def test_python_docx_reads_the_clock_that_is_set(years: Iterator[int]) -> None:
    modified = [coreprops.CorePropertiesPart.default(OpcPackage()).core_properties.modified for _ in years]
    assert [each.year for each in modified if each] == [2026, 2031]


def test_a_filled_form_has_the_same_bytes_at_another_time(
    form: Path, spoc_dossier: Dossier, tmp_path: Path, years: Iterator[int]
) -> None:
    Image.new("RGB", (40, 20), "#0f3d4c").save(tmp_path / "logo.png")
    source = FactSource(spoc_dossier, tmp_path, "en")
    filled: list[FilledForm] = [support.filled(form, FIELDS.get(form.stem, TAG), source) for _ in years]
    assert filled[0].content and filled[0].content == filled[1].content, filled[0].problems


def test_a_template_without_properties_gets_none(spoc_dossier: Dossier, tmp_path: Path) -> None:
    form = tmp_path / "template.docx"
    form.write_bytes(funder.package(NAME))
    filled = support.filled(form, TAG, FactSource(spoc_dossier, tmp_path, "en"))
    target = tmp_path / "filled.docx"
    target.write_bytes(filled.content or b"")
    with zipfile.ZipFile(form) as before, zipfile.ZipFile(target) as after:
        assert after.namelist() == before.namelist()


def test_a_picture_in_the_properties_is_an_error(spoc_dossier: Dossier, tmp_path: Path) -> None:
    form = tmp_path / "template.docx"
    with zipfile.ZipFile(io.BytesIO(form_with_parts())) as archive:
        title = archive.read("docProps/core.xml").decode().replace("{{ organisation.name }}", "{{ rich('x') }}")
    form.write_bytes(funder.replaced(form_with_parts(), {"docProps/core.xml": title}))
    filled = support.filled(form, TAG, FactSource(spoc_dossier, tmp_path, "en"))
    (problem,) = filled.problems
    assert filled.content is None and "docProps/core.xml: a picture or rich text cannot be in" in problem.message
