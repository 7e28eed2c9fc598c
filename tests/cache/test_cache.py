"""What was made before is not made again; what changed is; and the cache may be deleted, spoiled or full of lies."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from report import formats, pipeline
from report.cache import fingerprint, records, store
from report.values import Artifact, Location, MissingSystemLibrary, Outcome, Problem, Severity
from report.values.problems import PageArea
from report.workspace import Workspace
from tests.cli.test_commands import run
from tests.conftest import change

DEMO, DOCUMENT = "lantern-bridge", "annual-report-2025"


@pytest.fixture
def small(small: Workspace) -> Workspace:
    """The small organisation, whose report has few sections here."""
    date = "    date: 2026-04-20\n"
    change(small, f"{DEMO}/documents.yaml", date, f"{date}    sections: [cover, contents, about, plans]\n")
    return small


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that a format was written to, in order."""
    seen: list[str] = []
    write = formats.write

    def noted(name, document, target, anchors=None):
        seen.append(Path(target).name)
        return write(name, document, target, anchors)

    monkeypatch.setattr(formats, "write", noted)
    return seen


def test_another_version_of_what_weasyprint_stands_on_counts() -> None:
    needed = {re.split(r"\W", need)[0].lower() for need in metadata.requires("weasyprint") or () if "extra" not in need}
    assert needed - {"cffi"} <= set(fingerprint.LIBRARIES)


def build(workspace: Workspace, *, force: bool = False) -> dict[str, str]:
    checked = pipeline.check(workspace, DEMO, templates=False)
    assert checked.dossier, checked.errors
    jobs = pipeline.jobs(checked.dossier, (DOCUMENT,), (), ("docx", "html"))
    return {
        a.path.name: a.sha256
        for job in jobs
        for a in pipeline.run(workspace, job, checked.dossier, force=force).artifacts
        if a.sha256
    }


def test_nothing_changed_nothing_is_made(small: Workspace, written: list[str]) -> None:
    first = build(small)
    count = len(written)
    assert build(small) == first and len(written) == count == 4
    assert build(small, force=True) == first and len(written) == 2 * count


def test_only_the_document_that_changed_is_made(small: Workspace, written: list[str]) -> None:
    first = build(small)
    written.clear()
    change(small, f"{DEMO}/organisation.yaml", "Нито едно дете", "Никое дете")
    second = build(small)
    assert (
        {name[-7:-5].strip("-.") for name in written} and all("-bg." in name for name in written) and len(written) == 2
    )
    assert {n for n in first if first[n] != second[n]} == set(written)


def test_a_file_that_is_gone_or_spoiled_is_put_back(small: Workspace, written: list[str]) -> None:
    first = build(small)
    written.clear()
    folder = small.output / DEMO / DOCUMENT
    (folder / f"{DOCUMENT}-en.html").unlink()
    (folder / f"{DOCUMENT}-bg.docx").unlink()
    (folder / f"{DOCUMENT}-bg.docx").write_bytes(b"spoiled")
    assert build(small) == first and written == []
    assert all(store.is_unchanged(folder / name, sha256) for name, sha256 in first.items())


@pytest.mark.quick("deleted", "record")
@pytest.mark.parametrize("fault", ["deleted", "record", "copies", "a file in its place"])
def test_a_cache_that_is_of_no_use_is_no_fault(small: Workspace, fault: str) -> None:
    first = build(small)
    for path in (small.output / DEMO / DOCUMENT).iterdir():
        path.unlink()
    for path in [p for p in small.cache.rglob("*") if p.is_file()]:
        if fault == "record" and path.name == "record":
            path.write_bytes(path.read_bytes()[:64] + b"\n{broken")
        elif fault == "copies" and path.name != "record":
            path.unlink()
            path.write_bytes(b"spoiled")
    if fault in ("deleted", "a file in its place"):
        shutil.rmtree(small.cache)
    if fault == "a file in its place":
        small.cache.write_text("not a folder")
    assert build(small) == first


def test_the_command_says_the_same_again(small: Workspace) -> None:
    arguments = ("build", DEMO, DOCUMENT, "--lang", "en", "--format", "docx")
    one, other = (run(*arguments, cwd=small.root) for _ in range(2))
    assert (
        (one.returncode, one.stdout, one.stderr)
        == (other.returncode, other.stdout, other.stderr)
        == (0, one.stdout, "")
    )
    made = small.output / DEMO / DOCUMENT / f"{DOCUMENT}-en.docx"
    before = made.stat().st_mtime_ns
    assert run(*arguments, cwd=small.root).stdout == one.stdout and made.stat().st_mtime_ns == before
    change(small, f"{DEMO}/organisation.yaml", "No child in the valley", "No child of the valley")
    assert run(*arguments, cwd=small.root).returncode == 0
    with zipfile.ZipFile(made) as package:
        assert b"No child of the valley" in package.read("word/document.xml")


def test_what_the_machine_could_not_do_is_not_remembered(
    small: Workspace, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from report.formats import pdf

    def missing(_document):
        raise MissingSystemLibrary.of("library.missing", "Pango is missing", hint="install it")

    with monkeypatch.context() as without:
        without.setattr(pdf, "layout", missing)
        build(small)
    count = len(written)
    build(small)
    assert len(written) == 2 * count
    build(small)
    assert len(written) == 2 * count
    lack = Problem(Severity.WARNING, "docx.contents", "no page numbers")
    store._remember(small.cache / "builds" / "x", "0" * 64, Outcome(problems=(lack,)))
    assert not (small.cache / "builds" / "x").exists()


def test_a_record_keeps_every_part_of_a_place() -> None:
    place = Location(Path("a.pdf"), 3, 4, "key", "excerpt", "Sheet1!C7", 2, PageArea(1.0, 2.0, 3.0, 4.5))
    problem = Problem(Severity.ERROR, "print.bleed", "no bleed", place, "add it")
    assert records.load(records.dump(Outcome(problems=(problem,)))) == Outcome(problems=(problem,))


def test_a_file_whose_name_is_no_utf_8_is_no_fault(small: Workspace) -> None:
    (small.data / DEMO / os.fsdecode("снимка".encode("cp1251"))).write_text("x")
    assert fingerprint.inputs(small, (DEMO,)) != ""
    place = Location(small.data / os.fsdecode(b"\xf1.yaml"))
    problem = Problem(Severity.WARNING, "file.unknown", "nothing reads it", place)
    assert records.load(records.dump(Outcome(problems=(problem,)))) == Outcome(problems=(problem,))


@pytest.mark.parametrize("root", ["data", "templates"])
def test_a_change_behind_a_link_to_a_folder_is_noticed(small: Workspace, tmp_path: Path, root: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    fact = elsewhere / "year.yaml"
    fact.write_text("currency: EUR\n")
    folder = small.data / DEMO if root == "data" else small.root / "templates"
    folder.mkdir(exist_ok=True)
    (folder / "2027").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(folder)
    before = fingerprint.inputs(small, (DEMO,))
    fact.write_text("currency: GBP  \n")
    assert fingerprint.inputs(small, (DEMO,)) != before


def test_a_mistake_is_found_though_the_files_were_good_before(small: Workspace) -> None:
    arguments = ("build", DEMO, DOCUMENT, "--lang", "en", "--format", "docx")
    assert run(*arguments, cwd=small.root).returncode == 0
    change(small, f"{DEMO}/2025/finance.yaml", "  result: 6350.00", "  result: 6530.00")
    assert run(*arguments, cwd=small.root).returncode == 1


def test_records_come_back_as_they_were() -> None:
    problem = Problem(Severity.WARNING, "a.b", "what", Location(Path("x"), 1, 2, "k", "l"), "do")
    outcome = Outcome((Artifact(Path("a.pdf"), "pdf", "00", 3, {"x": 1}), Artifact(Path("n"), "docx", "")), (problem,))
    assert records.load(records.dump(outcome)) == outcome
    assert records.load(b"[]") is None and records.load(b"{}") is None and records.load(b"\xff") is None
