"""Changes of files are seen, whatever way they are written, and none is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from report.pipeline.watching import changes
from report.workspace import Workspace

GOLDEN = Path(__file__).parents[1] / "golden" / "data"


@pytest.fixture
def lantern(tmp_path: Path) -> Workspace:
    shutil.copytree(GOLDEN, tmp_path / "data")
    shutil.copytree(GOLDEN / "lantern", tmp_path / "data" / "other")
    (tmp_path / "templates" / "themes" / "own").mkdir(parents=True)
    return Workspace.at(tmp_path)


class Sleeps:
    """Steps that are done one at a time while the watcher sleeps; then the test ends."""

    def __init__(self, *steps: Callable[[], object]):
        self._steps: Iterator[Callable[[], object]] = iter(steps)

    def __call__(self, _seconds: float) -> None:
        next(self._steps, _end)()


class Ended(Exception):
    """Nothing was seen."""


def _end() -> None:
    raise Ended


def nothing() -> None:
    """Let time pass."""


def by_rename(path: Path) -> None:
    aside = path.with_name(f".{path.name}.swp")
    aside.write_text(path.read_text("utf-8") + "# more\n", "utf-8")
    aside.replace(path)


def in_place(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "# more\n", "utf-8")


def same_size_and_time(path: Path) -> None:
    state = path.stat()
    aside = path.with_name("aside")
    aside.write_bytes(path.read_bytes().replace(b"e", b"o"))
    os.utime(aside, ns=(state.st_atime_ns, state.st_mtime_ns))
    aside.replace(path)


@pytest.mark.parametrize("how", [by_rename, in_place, same_size_and_time, Path.unlink])
@pytest.mark.parametrize("name", ["lantern/organisation.yaml", "networks.yaml"])
def test_a_change_is_seen(lantern: Workspace, how: Callable[[Path], object], name: str) -> None:
    path = lantern.data / name
    watched = changes(lantern, "lantern", Sleeps(nothing, lambda: how(path), nothing, nothing))
    assert next(watched) == [path]


def test_new_files_and_folders_templates_and_pictures_are_seen(lantern: Workspace) -> None:
    style, picture = (
        lantern.root / "templates" / "themes" / "own" / "theme.yaml",
        lantern.data / "lantern" / "2026" / "a.png",
    )

    def write() -> None:
        picture.parent.mkdir()
        for path in (style, picture):
            path.write_text("x", "utf-8")

    assert next(changes(lantern, "lantern", Sleeps(write, nothing))) == sorted([style, picture])


@pytest.mark.parametrize(
    "name",
    ["output/lantern/report.pdf", "data/other/organisation.yaml", "data/lantern/.hidden", "data/lantern/a.yaml~"],
)
def test_what_is_no_part_of_the_documents_is_passed_over(lantern: Workspace, name: str) -> None:
    path = lantern.root / name

    def write() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")

    with pytest.raises(Ended):
        next(changes(lantern, "lantern", Sleeps(write, nothing, nothing)))


def test_a_file_that_is_written_in_steps_is_one_change(lantern: Workspace) -> None:
    path = lantern.data / "lantern" / "organisation.yaml"
    steps = [lambda: in_place(path)] * 4
    watched = changes(lantern, "lantern", Sleeps(*steps, nothing, nothing, lambda: in_place(path), nothing, nothing))
    assert (next(watched), next(watched)) == ([path], [path])
    assert path.read_text("utf-8").count("# more") == 5


def test_what_changes_before_the_first_look_and_while_the_caller_works_is_not_lost(lantern: Workspace) -> None:
    path = lantern.data / "lantern" / "organisation.yaml"
    watched = changes(lantern, "lantern", Sleeps(*[nothing] * 9))
    in_place(path)
    assert next(watched) == [path]
    in_place(path)
    assert next(watched) == [path]


def test_a_folder_that_is_away_for_a_while(lantern: Workspace) -> None:
    folder = lantern.data / "lantern"
    aside = lantern.root / "aside"
    watched = changes(
        lantern, "lantern", Sleeps(lambda: folder.rename(aside), nothing, lambda: aside.rename(folder), nothing)
    )
    assert next(watched) == next(watched) == sorted(folder.glob("*.yaml"))
