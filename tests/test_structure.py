"""The rooms of the house: who may import whom, what the package carries, what each format promises."""

from __future__ import annotations

import ast
import fnmatch
import graphlib
import importlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Collection
from pathlib import Path

import pytest

from report import formats

ROOT = Path(__file__).resolve().parents[1]


def test_no_room_imports_upwards() -> None:
    from importlinter.application.use_cases import lint_imports
    from importlinter.configuration import configure

    configure()
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)


def _imports(file: Path, modules: Collection[str]) -> set[str]:
    """Return the modules that a module imports anywhere: at its head, inside functions, and for types alone."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}": node.module for alias in node.names}
            names |= {name if name in modules else package for name, package in whole.items()}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names & set(modules)


def test_no_modules_and_no_folders_import_one_another_in_a_circle() -> None:
    files = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in (ROOT / "report").rglob("*.py")}
    files = {name.removesuffix(".__init__"): path for name, path in files.items()}
    imports = {name: _imports(path, files) for name, path in files.items()}
    assert len(list(graphlib.TopologicalSorter(imports).static_order())) == len(files)
    top = ROOT / "report"  # begins everything, and is no room
    folders: dict[Path, set[Path]] = {path.parent: set() for path in files.values()}
    for name, path in files.items():
        folders[path.parent] |= {files[one].parent for one in imports[name]} - {path.parent, top}
    folders[top] = set()
    assert len(list(graphlib.TopologicalSorter(folders).static_order())) == len(folders)


def test_each_module_has_a_test_of_its_name_or_a_note_that_names_its_tests() -> None:
    """The notes are in the ``__init__.py`` of the rooms below ``tests/``, `MODULE, FOLDER/*: TEST, TEST`."""
    unknown, stale = [], []
    for room in (path for path in (ROOT / "report").iterdir() if (path / "__init__.py").exists()):
        tests = ROOT / "tests" / room.name
        modules = {path.relative_to(room).with_suffix("").as_posix() for path in room.rglob("*.py")}
        named = {path.stem.removeprefix("test_") for path in tests.rglob("test_*.py")}
        left = {one for one in modules if one.rpartition("/")[2] not in named | {"__init__"}}
        text = (tests / "__init__.py").read_text("utf-8")
        for names, told in re.findall(r"^    ([a-z][\w/*, ]+): (.+)$", text, re.MULTILINE):
            for pattern in names.split(", "):
                stale += [] if fnmatch.filter(modules, pattern) else [f"tests/{room.name}/__init__.py: {pattern}"]
                left -= set(fnmatch.filter(left, pattern))
            found = [tests / f"{name}.py" if name[:6] != "tests/" else ROOT / f"{name}.py" for name in told.split(", ")]
            stale += [f"tests/{room.name}/__init__.py: {path.stem}" for path in found if not path.exists()]
        unknown += [f"{room.name}/{name}" for name in left]
    assert (sorted(unknown), sorted(stale)) == ([], [])


def test_style_is_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "report", "tests", "benchmarks"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--no-cache", "--check", "report", "tests", "benchmarks"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_the_pages_of_fields_are_true() -> None:
    from click.testing import CliRunner

    from report.cli.schema import command

    page = CliRunner().invoke(command, ["--fields"]).output
    assert (ROOT / "docs" / "fields.md").read_text("utf-8") == page, "report schema --fields > docs/fields.md"
    bulgarian = CliRunner().invoke(command, ["--fields", "--lang", "bg"]).output
    path = ROOT / "docs" / "bg" / "fields.md"
    assert path.read_text("utf-8") == bulgarian, "report schema --fields --lang bg > docs/bg/fields.md"
    assert len(bulgarian.splitlines()) == len(page.splitlines())
    assert not [line for line in page.splitlines() if line.startswith("| `") and line.endswith("|  |")]
    assert (
        "| `better` | Which is better | `more`, `less` | Whether more or less of it is better; `more` if left out. |"
        in page
    )
    assert "| `publish` | May be named | `true` or `false` |" in page and "needed with `actual`" in page


def test_the_guide_names_every_section_of_the_report() -> None:
    from report.looks import kinds
    from report.workspace import Workspace

    guide = (ROOT / "docs" / "facts.md").read_text("utf-8")
    sections = kinds.sections(Workspace.at(ROOT))["annual-report"]
    assert [name for name in sections if f"`{name}`" not in guide] == []


def test_starting_up_imports_nothing_heavy() -> None:
    heavy = ("weasyprint", "docx", "lxml", "jinja2", "pydantic", "yaml", "babel")
    code = f"import sys, report.cli.main; print([m for m in {heavy!r} if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_every_format_has_its_module() -> None:
    assert list(formats.FORMATS) == ["pdf", "docx", "html", "xlsx"]
    assert all(callable(importlib.import_module(module).write) for module in formats.FORMATS.values())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without isolation: hatchling is among the tests' requirements."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_templates_and_no_facts(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "report/bundled/templates/annual-report/body.html.j2" in names
    assert "report/bundled/templates/fonts/ibm-plex/OFL.txt" in names
    assert not [n for n in names if "spoc" in n or n.startswith(("data/", "tests/"))]


@pytest.mark.slow
def test_a_report_is_built_from_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = f"import sys; sys.path[:0] = [{str(site)!r}]; import report; assert report.__file__.startswith({str(site)!r}); from report.cli.main import main; main()"
    command = [
        sys.executable,
        "-P",
        "-c",
        code,
        "build",
        "spoc",
        "--lang",
        "bg",
        "--format",
        "docx",
        "-w",
        str(ROOT),
        "-o",
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/spoc/annual-report/annual-report-bg.docx").stat().st_size > 10_000
