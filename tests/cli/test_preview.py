"""``report preview``: pictures of pages, and the fields on them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from report.source import patch, read
from tests.cli.test_commands import run

GOLDEN = Path(__file__).parents[1] / "golden" / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "data")
    return tmp_path


def test_a_picture_of_each_page_and_the_fields_on_it(folder: Path) -> None:
    done = run("preview", "lantern", "report", "--lang", "bg", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    pictures = sorted((folder / "output" / "lantern" / "report" / "pages").iterdir())
    assert [path.name for path in pictures[:2]] == ["report-bg-01.jpg", "report-bg-02.jpg"]
    with Image.open(pictures[0]) as picture:
        assert (picture.format, picture.width > 900) == ("JPEG", True)
    assert "    data/lantern/organisation.yaml:" in done.stdout


def test_as_json_with_places(folder: Path) -> None:
    told = json.loads(run("preview", "lantern", "report", "--format", "json", "-o", "pictures", cwd=folder).stdout)
    first = told["pages"][0]
    assert (first["number"], (folder / first["picture"]).exists()) == (1, True)
    for field in first["fields"]:
        line = Path(field["path"]).read_text("utf-8").splitlines()[field["line"] - 1]
        assert line[field["column"] - 1 :].strip()
        assert patch.value_at(read(Path(field["path"])).data, patch.read_address(field["address"]))
        assert all(0 <= left < right <= 1 and 0 <= top < bottom <= 1 for left, top, right, bottom in field["boxes"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("lantern", "reports"), "document.unknown"),
        (("lanterns", "report"), "organisation.unknown"),
        (("lantern", "report", "--lang", "fr"), "language.unknown"),
    ],
)
def test_what_there_is_not_is_told_and_nothing_written(folder: Path, words: tuple[str, ...], code: str) -> None:
    done = run("preview", *words, cwd=folder)
    assert done.returncode == 2 and f"[{code}]" in done.stderr and "hint:" in done.stderr
    assert not (folder / "output" / "lantern").exists()


def test_errors_are_told_at_their_place_and_nothing_written(folder: Path) -> None:
    path = folder / "data" / "lantern" / "organisation.yaml"
    path.write_text(path.read_text("utf-8").replace("country: ", "country: XQ #"), "utf-8")
    done = run("preview", "lantern", "report", cwd=folder)
    assert done.returncode == 1 and "data/lantern/organisation.yaml:" in done.stderr and "XQ" in done.stderr
    assert not (folder / "output" / "lantern").exists()
