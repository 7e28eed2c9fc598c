"""What a batch makes, passes over and refuses: made in this process, one document after another."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from report.batch import local_workers, plan, worker
from report.batch.manifest import Entry
from report.batch.worker import Unit
from report.cli.batch import command
from report.values import ReportError, UsageError
from tests.batch.support import left, tiny, told, write

Made = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four organisations, and no process but this."""
    monkeypatch.setattr(local_workers, "build", _here)
    tiny(tmp_path, "Alpha", "Beta", "Gamma", "Delta")
    return tmp_path


def _here(units: Iterable[Unit], _workers: object = None) -> Generator[Entry, None, None]:
    yield from map(worker.build, units)


def _run(root: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(command, ["-w", str(root), *arguments])
    if isinstance(done.exception, ReportError):
        raise done.exception
    return done


def _summed(root: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = _run(root, "--json", *arguments)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return done.exit_code, lines[-1]["summary"]


def _names(root: Path) -> list[str]:
    return sorted(
        path.relative_to(root / "output").as_posix()
        for path in (root / "output").rglob("*.xlsx")
        if ".cache" not in path.parts
    )


def test_what_did_not_change_is_not_made_again(root: Path) -> None:
    status, summary = _summed(root)
    assert status == 0 and (summary["made"], summary["unchanged"]) == (4, 0)
    status, summary = _summed(root)
    assert status == 0 and (summary["made"], summary["unchanged"]) == (0, 4) and len(told(root)) == 4
    write(root, "org-02", "Changed")
    assert _summed(root)[1]["made"] == 1 and told(root)[-1]["job"]["organisation"] == "org-02"
    (root / "templates" / "slip" / "style.css").write_text("p { color: red }\n", "utf-8")
    assert _summed(root)[1]["made"] == 4
    assert _summed(root, "--force")[1]["made"] == 4
    assert not left(root)


def test_a_line_says_what_was_made(root: Path) -> None:
    assert _summed(root, "org-01")[0] == 0
    (entry,) = told(root)
    (made,) = entry["files"]
    assert made["file"] == "org-01/slip/slip-en.xlsx" and len(made["sha256"]) == len(entry["key"]) == 64
    assert entry["status"] == "made" and entry["seconds"] > 0 and entry["memory"] > 10_000_000


def test_a_file_that_was_deleted_or_changed_is_made_again(root: Path) -> None:
    _summed(root)
    first, second = (root / "output" / f"org-0{n}" / "slip" / "slip-en.xlsx" for n in (1, 2))
    before = second.read_bytes()
    first.unlink()
    second.write_bytes(before[:-1] + b"!")
    assert _summed(root)[1]["made"] == 2 and first.exists() and second.read_bytes() == before
    second.touch()  # another date, the same bytes
    assert _summed(root)[1]["unchanged"] == 4


def test_without_its_manifest_all_is_there_again(root: Path) -> None:
    _summed(root)
    files = {name: (root / "output" / name).stat().st_mtime_ns for name in _names(root)}
    (root / "output" / "manifest.jsonl").unlink()
    assert _summed(root)[1]["made"] == 4 and len(told(root)) == 4
    assert files == {name: (root / "output" / name).stat().st_mtime_ns for name in _names(root)}, "not from the cache"


def test_the_folder_may_be_deleted_while_the_work_goes_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deleting(units: Iterable[Unit], _workers: object) -> Generator[Entry, None, None]:
        for number, unit in enumerate(units):
            if number == 2:
                shutil.rmtree(root / "output")
            yield worker.build(unit)

    monkeypatch.setattr(local_workers, "build", deleting)
    assert _summed(root)[0] == 0 and [e["job"]["organisation"] for e in told(root)] == ["org-03", "org-04"]
    monkeypatch.setattr(local_workers, "build", _here)
    assert _summed(root, "--resume")[1]["made"] == 2 and len(_names(root)) == 4


def test_where_nothing_can_be_written(root: Path) -> None:
    (root / "output").write_text("a file")
    done = _run(root)
    assert done.exit_code == 1 and "manifest.jsonl: error: cannot be written" in done.stderr
    assert "interrupted: 0 built, 4 left" in done.stderr and (root / "output").read_text() == "a file"


def test_a_full_disk_stops_the_run(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from report.batch import manifest

    def full(descriptor: int) -> None:
        if len(told(root)) >= 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(manifest.os, "fsync", full)
    done = _run(root)
    assert (
        done.exit_code == 1
        and "No space left on device" in done.stderr
        and "interrupted: 1 built, 3 left" in done.stderr
    )
    monkeypatch.undo()
    monkeypatch.setattr(local_workers, "build", _here)
    assert _summed(root, "--resume")[0] == 0 and len(_names(root)) == 4 and not left(root)


def test_an_organisation_that_cannot_be_read_is_reported_alone(root: Path) -> None:
    (root / "data" / "org-02" / "documents.yaml").write_text("documents: [", "utf-8")
    (root / "data" / "org-03" / "organisation.yaml").write_text("name: [", "utf-8")
    done = _run(root)
    assert done.exit_code == 1 and len(_names(root)) == 2
    assert "org-02 was not built:" in done.stderr and "org-03/slip (en) was not built:" in done.stderr
    assert "documents.yaml:1" in done.stderr and "organisation.yaml:1" in done.stderr
    write(root, "org-02", "Mended")
    write(root, "org-03", "Mended")
    assert _summed(root)[1] | {"seconds": 0, "peak_memory": 0} == {
        "made": 2, "files": 2, "unchanged": 2, "failed": 0, "left": 0, "seconds": 0, "peak_memory": 0,
    }  # fmt: skip


def test_facts_that_change_while_the_work_goes_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def changing(units: Iterable[Unit], _workers: object) -> Generator[Entry, None, None]:
        asked = root / "data" / "org-02" / "documents.yaml"
        asked.write_text(asked.read_text("utf-8").replace("id: slip", "id: slop"), "utf-8")
        shutil.rmtree(root / "data" / "org-03")
        yield from map(worker.build, units)

    monkeypatch.setattr(local_workers, "build", changing)
    done = _run(root)
    assert done.exit_code == 1 and len(_names(root)) == 2
    assert "the facts of org-02 changed during the run" in done.stderr and "run the command again" in done.stderr
    assert "there is no organisation 'org-03'" in done.stderr


def test_one_without_documents_is_a_warning(root: Path) -> None:
    (root / "data" / "org-02" / "documents.yaml").unlink()
    done = _run(root)
    assert done.exit_code == 0 and "org-02 does not request any document: nothing is built [batch.none]" in done.stderr


def test_conditions_choose(root: Path) -> None:
    write(root, "org-02", "Beta", country="RO")
    assert _summed(root, "--where", "country=ro")[1]["made"] == 1
    assert _summed(root, "--where", "country!=RO", "--where", "name.en=Alpha,Delta")[1]["made"] == 2
    assert _names(root) == [f"org-0{n}/slip/slip-en.xlsx" for n in (1, 2, 4)]


@pytest.mark.parametrize(
    "condition",
    [
        "country==RO",
        "Country = ro",
        'country="RO"',
        "organisation.country=RO,„ZZ“",
        "name.en=beta",
        "registration.number=00 5",
    ],
)
def test_conditions_are_read_as_people_write_them(root: Path, condition: str) -> None:
    write(root, "org-02", "Beta", country="RO")
    path = root / "data" / "org-02" / "organisation.yaml"
    path.write_text(
        path.read_text("utf-8").replace("{en: Beta}", "Beta") + "registrations: [{number: 00 5, registry: R}]\n"
    )
    assert _summed(root, "--where", condition)[1]["made"] == 1 and _names(root) == ["org-02/slip/slip-en.xlsx"]


def test_many_that_ask_for_nothing_are_counted(root: Path) -> None:
    for number in range(30):
        write(root, f"more-{number:02}", "More")
        (root / "data" / f"more-{number:02}" / "documents.yaml").unlink()
    told = _run(root).stderr
    assert told.count("does not request any document") == plan.SHOWN and "nor do 20 more organisations" in told


def test_a_condition_that_none_meets_is_told_with_what_there_is(root: Path) -> None:
    write(root, "org-02", "Beta", country="RO")
    with pytest.raises(
        UsageError, match="none of 4 organisations meets 'country=\\[BG\\]' and 'name.en!=Beta'"
    ) as raised:
        _run(root, "--where", "country=[BG]", "--where", "name.en!=Beta")
    assert raised.value.problems[0].hint == "country is BG, RO" and not (root / "output").exists()
    assert "none meets" not in _run(root, "--where", "country=RO", "--shard", "1/4").stderr


def test_a_workspace_without_organisations_is_told(root: Path) -> None:
    shutil.rmtree(root / "data")
    (root / "data" / "_base").mkdir(parents=True)
    with pytest.raises(UsageError, match="no organisation in") as raised:
        _run(root)
    assert "--table" in raised.value.problems[0].hint


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("--where", "country"), "batch.where", "country=BG"),
        (("--where", "county=BG"), "batch.where", "country"),
        (("--where", "country=BGR"), "batch.where", "country is BG"),
        (("--where", "country=FR", "--where", "country=BG"), "batch.where", "country is BG"),
        (("--where", "name.fr=Alpha"), "batch.where", "no organisation gives name.fr"),
        (("--where", "name.en=Alpha", "--where", "name.en=Beta"), "batch.where", "none meets all of them"),
        (("org-09",), "organisation.unknown", "org-0"),
        (("--document", "slop"), "document.unknown", "slop"),
        (("--lang", "de"), "document.unknown", "de"),
        (("--format", "doc"), "batch.choice", "docx"),
        (("--edition", "web"), "batch.choice", "screen"),
        (("--shard", "3/2"), "batch.shard", "1/8"),
        (("--shard", "two"), "batch.shard", "1/8"),
        (("--name", "{document}-{language}"), "batch.naming", "org-01/slip/en/screen and org-02/slip/en/screen"),
        (("--name", "/tmp/{organisation}"), "batch.naming", "{organisation}"),
        (("--name", "../{organisation}"), "batch.naming", "{organisation}"),
        (("--name", "{organisation}/.cache/{document}"), "batch.naming", "{organisation}"),
        (("--name", "C:\\{organisation}"), "batch.naming", "{organisation}"),
        (("--name", "{org}"), "batch.naming", "{organisation}"),
        (("--name", "{organisation.id}"), "batch.naming", "{organisation}"),
        (("--name", "{organisation:>999999999}"), "batch.naming", "{organisation}"),
        (("--name", "{organisation"), "batch.naming", "{organisation}"),
        (("--name", "{organisation}/"), "batch.naming", "{organisation}"),
        (("--name", "{organisation}" + "x" * 250), "batch.naming", "200 bytes"),
        (("--where", "country.en=BG"), "batch.where", "end the path at country"),
        (("--where", "registrations.number=5"), "batch.where", "registrations[1]"),
        (("--where", "affiliations[united].since=2003"), "batch.where", "organisation.yaml"),
        (("--where", "founded>=2003"), "batch.where", "country=BG"),
        (("--name", "{organisation}.pdf"), "batch.naming", "leave out the extension"),
        (("--name", "aux/{organisation}"), "batch.naming", "device"),
        (("--name", "{organisation}/NUL.{language}"), "batch.naming", "device"),
        (("--name", "re:{organisation}"), "batch.naming", "':'"),
        (("--name", "<{organisation}>"), "batch.naming", "'<'"),
        (("--name", "{organisation}?"), "batch.naming", "'?'"),
        (("--name", "{language}\\{organisation}"), "batch.naming", "write / between folders"),
        (("--name", "{organisation}\nx"), "batch.naming", "U+000A"),
        (("--name", "{organisation}."), "batch.naming", "end with a space or dot"),
        (("--name", "{language} /{organisation}"), "batch.naming", "space"),
        (("--resume",), "batch.resume", "no run to resume"),
        (("--base", "org-01"), "usage.table", "--table"),
    ],
)  # fmt: skip
def test_mistakes_of_the_command_line(root: Path, arguments: tuple[str, ...], code: str, word: str) -> None:
    with pytest.raises(UsageError) as raised:
        _run(root, *arguments)
    (problem,) = raised.value.problems
    assert problem.code == code and word in f"{problem.message} {problem.hint}" and problem.hint
    assert not (root / "output").exists()


def test_a_folder_without_organisations_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(ReportError, match="there is no organisation in"):
        _run(tmp_path)
    assert not (tmp_path / "output").exists()


def test_files_are_called_as_the_pattern_says(root: Path) -> None:
    assert _summed(root, "--name", "{language}/{organisation}{edition}")[0] == 0
    assert _names(root) == [f"en/org-0{n}.xlsx" for n in range(1, 5)]


def test_names_that_differ_in_capitals_alone_are_one_file(root: Path) -> None:
    write(root, "ORG-01", "Alpha too")
    with pytest.raises(UsageError, match="would both be written to"):
        _run(root)


def test_a_pattern_does_not_write_over_what_another_made(root: Path) -> None:
    assert _summed(root, "org-01", "--name", "{document}")[0] == 0
    with pytest.raises(UsageError, match="org-01/slip/en/screen and org-02/slip/en/screen would both be written to"):
        _run(root, "org-02", "--name", "{document}")


def test_a_run_is_taken_up_with_its_options(root: Path) -> None:
    _summed(root, "org-01", "org-02", "--name", "{organisation}")
    (root / "output" / "org-02.xlsx").unlink()
    assert _summed(root, "--resume")[1]["made"] == 1 and _names(root) == ["org-01.xlsx", "org-02.xlsx"]
    with pytest.raises(UsageError, match="no other"):
        _run(root, "--resume", "--lang", "en")
    (root / "output" / "manifest.jsonl").write_text('{"run": {"documents": 5, "naming": "{x}"}}\n')
    with pytest.raises(UsageError):
        _run(root, "--resume")


def test_a_run_that_makes_all_anew_is_taken_up_where_it_stopped(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopping(units: Iterable[Unit], _workers: object) -> Generator[Entry, None, None]:
        for number, unit in enumerate(units):
            assert unit.force
            if number == 1:
                raise KeyboardInterrupt
            yield worker.build(unit)

    _summed(root)
    monkeypatch.setattr(local_workers, "build", stopping)
    done = _run(root, "--force")
    assert done.exit_code == 130 and "interrupted: 1 built, 3 left:  report batch --resume" in done.stderr
    assert _summed(root, "--resume")[1]["left"] == 2
    monkeypatch.setattr(local_workers, "build", _here)
    assert [_summed(root, "--resume")[1][what] for what in ("made", "made", "unchanged")] == [2, 0, 4]
    assert _summed(root, "--resume", "--force")[1]["made"] == 4


def test_a_name_is_free_again_where_its_file_was_deleted(root: Path) -> None:
    named = ("org-01", "--name", "{organisation}")
    assert _summed(root, *named)[0] == 0
    asked = root / "data" / "org-01" / "documents.yaml"
    asked.write_text(asked.read_text("utf-8").replace("id: slip", "id: slop"), "utf-8")
    for more in ((), ("--force",)):
        with pytest.raises(UsageError, match="org-01/slip/en/screen and org-01/slop/en/screen") as raised:
            _run(root, *named, *more)
        assert "delete org-01.xlsx" in str(raised.value.problems[0].hint)
    (root / "output" / "org-01.xlsx").unlink()
    assert _summed(root, *named)[1]["made"] == 1


def test_shards_part_all_and_share_nothing(root: Path) -> None:
    parts = [_summed(root, "--shard", f"{n}/3")[1]["made"] for n in (1, 2, 3)]
    assert sorted(parts) == [1, 1, 2] and len(_names(root)) == 4
    assert all((root / "output" / f"manifest-{n}-of-3.jsonl").exists() for n in (1, 2, 3))
    assert _summed(root)[1]["unchanged"] == 4


# what a line of the manifest says instead; None stands for a line that is no JSON a program wrote
DAMAGED = {
    "nested without end": None,
    "a file that is a number": lambda line: line["files"][0] | {"file": 5},
    "a file with a zero": lambda line: line["files"][0] | {"file": "a\0b"},
    "a file with half a sign": lambda line: line["files"][0] | {"file": "a\ud800"},
}


@pytest.mark.quick("a file with a zero", "nested without end")
@pytest.mark.parametrize("name", DAMAGED)
def test_a_line_that_is_damaged_is_passed_over(root: Path, name: str) -> None:
    _summed(root)
    path, damage = root / "output" / "manifest.jsonl", DAMAGED[name]
    *before, last = path.read_text("utf-8").splitlines()
    line = json.loads(last)
    changed = json.dumps(line | {"files": [damage(line)]}) if damage else "[" * 200_000
    path.write_text("\n".join([*before, changed]) + "\n", "utf-8")
    assert _summed(root)[0] == 0 and len(_names(root)) == 4
    assert _summed(root, "--resume")[1]["unchanged"] == 4


@pytest.mark.parametrize("job", [{"organisation": ["x"]}, {"formats": [["x"]]}, {"organisation": 5}])
def test_a_job_that_is_none_is_passed_over(root: Path, job: dict[str, Any]) -> None:
    _summed(root)
    line = told(root)[-1]
    with (root / "output" / "manifest.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line | {"job": line["job"] | job}) + "\n")
    assert _summed(root)[1]["unchanged"] == 4


def test_what_is_said_to_be_made_without_files_is_made(root: Path) -> None:
    _summed(root)
    (root / "output" / "org-04" / "slip" / "slip-en.xlsx").unlink()
    line = next(line for line in told(root) if line["job"]["organisation"] == "org-04")
    with (root / "output" / "manifest.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line | {"files": []}) + "\n")
    assert _summed(root)[1]["made"] == 1 and len(_names(root)) == 4


@pytest.mark.parametrize("run", [5, [], "x", {"later": ["x"]}, {"table": "a\0b", "base": "org-01"}])
def test_a_run_that_is_not_understood_is_not_taken_up(root: Path, run: Any) -> None:
    (root / "output").mkdir()
    (root / "output" / "manifest.jsonl").write_text(json.dumps({"run": run}) + "\n", "utf-8")
    with pytest.raises(UsageError) as raised:
        _run(root, "--resume")
    assert raised.value.problems[0].code == "batch.resume" and raised.value.problems[0].hint


def test_what_another_part_made_later_counts(root: Path) -> None:
    _summed(root)
    write(root, "org-02", "Changed")
    for part in ("2/3", "1/1"):
        assert _summed(root, "--shard", part)[1]["made"] == (part == "2/3")
    write(root, "org-02", "Changed again")
    assert _summed(root, "--shard", "1/1")[1]["made"] == 1
    for part in (("--shard", "2/3"), ()):
        assert _summed(root, *part)[1]["made"] == 0
