"""The command line: what it prints, its exit status, and that it leaves good files alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml

from report.workspace import Workspace
from tests.cli import process
from tests.cli.process import CALL
from tests.conftest import ROOT, change


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, in a process of its own; where variables are set, from the very start of Python."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    done = process.run(arguments, cwd, env) if not environment else _begun(arguments, cwd, env)
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def _begun(arguments: tuple[str, ...], cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CALL, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


LANTERN = (
    "name: The Lantern Society\ncountry: IE\nlanguages: [en]\nabout: It keeps the lights of small harbours burning.\n"
)
DOCUMENTS = "documents: [{id: a, kind: annual-report, title: A, languages: [en], formats: [html], date: 2026-01-31}]"


@pytest.mark.quick("list", "--help")
@pytest.mark.parametrize(
    "words",
    ["build -j 1", "check", "diff lantern 2025 2026", "list", "language mk --missing", "schema --fields", "batch -j 1",
     "press check --help", "doctor --help", "form --help", "submit --help"],
)  # fmt: skip
def test_each_command_begins_by_itself(tmp_path: Path, words: str) -> None:
    folder = tmp_path / "data" / "lantern"
    folder.mkdir(parents=True)
    (folder / "organisation.yaml").write_text(LANTERN)
    (folder / "documents.yaml").write_text(DOCUMENTS)
    done = _begun(tuple(words.split()), tmp_path, dict(os.environ, PYTHONPATH=str(ROOT)))
    assert done.returncode == (2 if "diff" in words else 0), done.stderr
    assert (done.stdout or "2025" in done.stderr) and "Traceback" not in done.stderr


def test_the_package_runs_as_the_command_does() -> None:
    words = [sys.executable, "-m", "report", "--version"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("report, version ") and not done.stderr


@pytest.mark.quick("batch")
@pytest.mark.parametrize("command", ["build", "batch"])
def test_the_former_name_of_force_works_and_is_not_shown(workspace: Workspace, command: str) -> None:
    shown = run(command, "--help", cwd=workspace.root).stdout
    assert "--force" in shown and "--anew" not in shown
    assert "No such option" not in run(command, "--anew", "no-such-organisation", cwd=workspace.root).stderr


def test_building_writes_the_files_it_names(workspace: Workspace) -> None:
    done = run("build", "spoc", "--lang", "bg", cwd=workspace.root)
    assert done.returncode == 0, done.stderr
    made = {p.relative_to(workspace.root).as_posix() for p in (workspace.output / "spoc").rglob("*") if p.is_file()}
    assert made == {f"output/spoc/annual-report/annual-report-bg.{f}" for f in ("pdf", "docx")}
    assert all(name in done.stdout for name in made)


def test_a_mistake_is_shown_with_its_line_and_a_caret(workspace: Workspace) -> None:
    line = change(workspace, "spoc/affiliations.yaml", "network: united", "network: untied")
    done = run("check", "spoc", cwd=workspace.root)
    assert done.returncode == 1
    assert f"data/spoc/affiliations.yaml:{line}:14: error: there is no network 'untied' [id.unknown]" in done.stdout
    assert "    network: untied\n                 ^\n    hint: did you mean 'united'?" in done.stdout


def test_problems_are_json_too(workspace: Workspace) -> None:
    change(workspace, "spoc/affiliations.yaml", "network: united", "network: untied")
    done = run("check", "spoc", "--format", "json", cwd=workspace.root)
    (error,) = [p for p in json.loads(done.stdout) if p["severity"] == "error"]
    assert (
        error["code"] == "id.unknown"
        and error["path"] == "data/spoc/affiliations.yaml"
        and error["line"]
        and error["column"]
    )


@pytest.mark.slow
def test_a_good_file_is_never_replaced_by_a_bad_one(workspace: Workspace) -> None:
    folder = workspace.output / "spoc" / "annual-report"
    folder.mkdir(parents=True)
    for form in ("pdf", "docx"):
        (folder / f"annual-report-en.{form}").write_text("good")
    change(workspace, "spoc/affiliations.yaml", "network: united", "network: untied")
    assert run("build", "spoc", cwd=workspace.root).returncode == 1
    own = workspace.root / "templates/word.yaml"  # the PDF can be made, the Word file cannot: neither is replaced
    change(workspace, "spoc/affiliations.yaml", "network: untied", "network: united")
    own.parent.mkdir()
    own.write_text("styles: {}\nrules: []\n")
    done = run("build", "spoc", "--lang", "en", cwd=workspace.root)
    assert done.returncode == 1 and "docx." in done.stderr
    assert {p.name: p.read_text() for p in folder.iterdir()} == {
        f"annual-report-en.{form}": "good" for form in ("pdf", "docx")
    }


@pytest.mark.quick("did you mean", "bg, en", "no data folder")
@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["build", "spok"], 2, "did you mean 'spoc'"),
        (["build", "spoc", "anual-report"], 2, "did you mean 'annual-report'"),
        (["build", "spoc", "--lang", "fr"], 2, "bg, en"),
        (["build", "spoc", "--format", "doc"], 2, "docx"),
        (["build", "../spoc"], 2, "no organisation"),
        (["chek"], 2, "did you mean 'check'"),
        (["build", "--nonsense"], 2, "nonsense"),
        (["check", "-w", "nowhere"], 1, "no data folder"),
    ],
)
def test_wrong_usage_gets_a_hint(workspace: Workspace, arguments: list[str], status: int, word: str) -> None:
    done = run(*arguments, cwd=workspace.root)
    assert (done.returncode, word in done.stderr) == (status, True), done.stderr


def test_strict_makes_a_warning_count(workspace: Workspace) -> None:
    change(workspace, "networks.yaml", "value: 560", "value: 560\n        as_of: 2019")
    assert run("check", "spoc", cwd=workspace.root).returncode == 0
    assert run("check", "spoc", "--strict", cwd=workspace.root).returncode == 1


def test_an_output_that_cannot_be_written_to(workspace: Workspace) -> None:
    workspace.output.write_text("a file stands where the folder should be")
    done = run("build", "spoc", "--lang", "en", "--format", "docx", cwd=workspace.root)
    assert done.returncode == 1 and "cannot be written" in done.stderr


def test_output_does_not_go_among_the_facts(workspace: Workspace) -> None:
    done = run("build", "spoc", "-o", "data/made", cwd=workspace.root)
    assert done.returncode == 1 and "output.place" in done.stderr
    assert not (workspace.data / "made").exists()


@pytest.mark.slow
def test_all_files_of_a_document_are_replaced_or_none(workspace: Workspace) -> None:
    assert run("build", "spoc", "--lang", "en", cwd=workspace.root).returncode == 0
    folder = workspace.output / "spoc" / "annual-report"
    before = (folder / "annual-report-en.pdf").read_bytes()
    (folder / "annual-report-en.docx").unlink()
    (folder / "annual-report-en.docx" / "x").mkdir(parents=True)  # cannot be replaced, as a file open in Word
    change(workspace, "spoc/organisation.yaml", "en: association,", "en: union,")
    done = run("build", "spoc", "--lang", "en", cwd=workspace.root)
    assert done.returncode == 1 and "annual-report-en.docx" in done.stderr
    assert (folder / "annual-report-en.pdf").read_bytes() == before
    assert not list(workspace.output.glob(".building-*"))


def test_one_organisation_without_a_language_does_not_stop_the_others(workspace: Workspace) -> None:
    shutil.rmtree(workspace.data / "lantern-bridge")
    folder = workspace.data / "new"
    folder.mkdir()
    (folder / "organisation.yaml").write_text("name: Фенер\ncountry: BG\nlanguages: [bg]\n", "utf-8")
    (folder / "documents.yaml").write_text(
        "documents:\n  - {id: r, kind: annual-report, title: Доклад, languages: [bg], date: 2026-01-31}\n", "utf-8"
    )
    done = run("build", "--lang", "en", "--format", "docx", "--edition", "screen", cwd=workspace.root)
    assert done.returncode == 0 and "annual-report-en.docx\n" in done.stdout and "1 file written" in done.stdout
    assert run("build", "--lang", "de", cwd=workspace.root).returncode == 2


@pytest.mark.parametrize("arguments", [("build", "nosuch", "--json"), ("check", "nosuch", "--format", "json")])
def test_an_unknown_organisation_is_json_too(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, cwd=workspace.root)
    told = json.loads(done.stdout)
    assert done.returncode == 2
    assert (told["problems"] if isinstance(told, dict) else told)[0]["code"] == "organisation.unknown"


def test_the_difference_between_years_in_words_and_json(small: Workspace) -> None:
    workspace = small
    done = run("diff", "lantern-bridge", "2025", "2026", cwd=workspace.root)
    assert done.returncode == 0 and "171 → 176 (+5, +2.9 %)" in done.stdout and "at 1.95583" in done.stdout
    rows = json.loads(run("diff", "lantern-bridge", "2025", "2026", "--format", "json", cwd=workspace.root).stdout)
    assert {"subject": "income", "before": "8870.91", "after": "9480.00"}.items() <= rows[7].items()
    assert run("diff", "lantern-bridge", "2025", "2030", cwd=workspace.root).returncode == 2
    assert run("diff", "lantern-bridge", "2025", "2025", cwd=workspace.root).stdout.startswith("nothing changed")


def test_years_that_cannot_be_compared_say_why(small: Workspace) -> None:
    def diff(one: int, other: int, *more: str):
        return run("diff", "lantern-bridge", str(one), str(other), *more, cwd=small.root)

    done = diff(2026, 2025)
    assert done.returncode == 2 and "diff lantern-bridge 2025 2026" in done.stderr
    change(small, "lantern-bridge/2024/year.yaml", "currency: BGN", "currency: GBP")
    change(small, "lantern-bridge/organisation.yaml", "country: BG", "country: GB")
    done = diff(2024, 2025, "--format", "json")
    assert done.returncode == 0 and "not compared, because 2024 is in GBP" in done.stderr
    assert {row["subject"] for row in json.loads(done.stdout)} == {"indicator", "volunteers"}
    (small.data / "lantern-bridge/2024/finance.yaml").unlink()
    (small.data / "lantern-bridge/2024/donations.yaml").unlink()
    assert "because 2024 has no finance.yaml" in diff(2024, 2025).stderr


def test_only_mistakes_of_what_is_compared_stop_a_comparison(small: Workspace) -> None:
    change(small, "lantern-bridge/2026/finance.yaml", "  result: ", "  reslut: ")
    change(
        small, "lantern-bridge/2025/stories.yaml", "{date: 2025-11-02, by", "{date: 2025-11-02, until: 2025-12-01, by"
    )
    path = small.data / "lantern-bridge/documents.yaml"
    path.write_text(path.read_text("utf-8").replace("    year: 2025", "    theme: none\n    year: 2025", 1), "utf-8")
    assert run("diff", "lantern-bridge", "2024", "2025", cwd=small.root).returncode == 0
    assert run("diff", "lantern-bridge", "2025", "2026", cwd=small.root).returncode == 1
    assert run("diff", "lantern-bridge", "2024", "2030", cwd=small.root).returncode == 2


def test_a_difference_that_rounds_to_nothing_has_no_sign() -> None:
    from report.cli import diff

    assert [diff._share(Decimal(n)) for n in ("0.0001", "-0.0001", "0.029", "-0.5")] == ["0", "0", "+2.9", "-50.0"]


def test_listing(workspace: Workspace) -> None:
    done = run("list", "--format", "json", cwd=workspace.root)
    listed = json.loads(done.stdout)
    documents = listed["organisations"]["lantern-bridge"]
    assert documents[:3] == ["annual-report-2025", "annual-report-2026", "highlights-2026"]
    assert listed["organisations"] == {"lantern-bridge": documents, "spoc": ["annual-report"]}
    assert listed["languages"] == ["ar", "bg", "en", "he"]
    assert listed["calls"] == {
        "lantern-bridge": ["cerv-2027", "neighbours-2027", "partner-profile-2027", "first-winter-2027"]
    }
    assert {"eu-portal-part-b", "eu-portal-part-b:cerv", "gri-2-28"} <= set(listed["profiles"])


def test_schemas_accept_the_repository_and_refuse_a_slip(tmp_path: Path) -> None:
    assert run("schema", "schemas", cwd=tmp_path).returncode == 0
    for path in [ROOT / "data/networks.yaml", *sorted((ROOT / "data/spoc").glob("*.yaml"))]:
        schema = json.loads((tmp_path / "schemas" / f"{path.stem}.schema.json").read_text("utf-8"))
        facts = yaml.load(path.read_text("utf-8"), Loader=_Editor)
        jsonschema.validate(facts, schema)
        assert all("description" in field for field in schema["properties"].values())
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**facts, "slip": 1}, schema)


class _Editor(yaml.SafeLoader):
    """YAML as editors read it (version 1.2): a date is text."""


_Editor.yaml_implicit_resolvers = {
    key: [(tag, rule) for tag, rule in rules if not tag.endswith(":timestamp")]
    for key, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_an_empty_workspace_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for command in ("build", "check"):
        done = run(command, cwd=tmp_path)
        assert done.returncode == 1 and "no organisation" in done.stderr


def test_an_organisation_without_its_first_file_is_told_of(workspace: Workspace) -> None:
    (workspace.data / "spoc" / "organisation.yaml").unlink()
    shutil.rmtree(workspace.data / "lantern-bridge")
    done = run("build", "--lang", "en", "--format", "html", "--edition", "screen", cwd=workspace.root)
    assert done.returncode == 1 and "organisation.yaml: error: the file does not exist" in done.stderr


def test_an_organisation_without_documents_is_told_of(workspace: Workspace) -> None:
    (workspace.data / "spoc" / "documents.yaml").unlink()
    done = run("build", "spoc", cwd=workspace.root)
    assert (
        "no document is requested" in done.stderr
        and run("build", "spoc", "--strict", cwd=workspace.root).returncode == 1
    )


@pytest.mark.quick("..", "a/b")
@pytest.mark.parametrize("name", ["..", ".", "a/b", "x" * 300])
def test_only_folders_of_data_are_organisations(workspace: Workspace, name: str) -> None:
    assert run("build", name, cwd=workspace.root).returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("check", "spoc"),
        ("diff", "lantern-bridge", "2025", "2026"),
        ("doctor",),
        ("list", "--format", "text"),
    ],
)
def test_json_is_asked_for_in_one_way_everywhere(words: tuple[str, ...]) -> None:
    told = run(*words, "--json", cwd=ROOT)
    assert json.loads(told.stdout) == json.loads(run(*words, "--format", "json", cwd=ROOT).stdout)
