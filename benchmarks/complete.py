"""The complete report of the invented organisation: drawings, photographs, two languages; and what the cache saves."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from benchmarks.table import Row
from benchmarks.timing import REPORT, ROOT, Bench, forget_documents, interleaved

ORGANISATION, DOCUMENT = "lantern-bridge", "annual-report-2026"
BARE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/a-3a')"


def workspace(bench: Bench, name: str) -> Path:
    """Return a fresh copy of the organisation's facts."""
    root = bench.folder / name
    shutil.rmtree(root, ignore_errors=True)
    (root / "data").mkdir(parents=True)
    shutil.copytree(ROOT / "data" / ORGANISATION, root / "data" / ORGANISATION)
    shutil.copy(ROOT / "data" / "networks.yaml", root / "data")
    return root


def _command(root: Path, *more: str) -> tuple[str | Path, ...]:
    return (*REPORT, "build", ORGANISATION, DOCUMENT, "--workspace", root, "--edition", "screen", *more)


def pdf(bench: Bench, runs: int) -> list[Row]:
    """(e) The complete report as PDF, in a cold process, against bare WeasyPrint on the same HTML, styles and pictures."""
    root, peer = workspace(bench, "complete"), bench.folder / "complete-peer"
    bench.cpu(sys.executable, "-m", "benchmarks.peer", root, ORGANISATION, peer, DOCUMENT)
    english = ("--lang", "en", "--format", "pdf", "-j", "1")
    pages = json.loads(bench.run(*_command(root, *english, "--json"))[1])["made"][0]["pages"]

    def with_charts() -> float:
        forget_documents(root / "output")
        return bench.cpu(*_command(root, *english))

    found = interleaved(
        {
            "anew": lambda: bench.cpu(*_command(root, *english, "--anew")),
            "peer": lambda: bench.cpu(sys.executable, "-c", BARE, peer / "document.html", peer / "document.pdf"),
            "charts": with_charts,
        },
        runs,
    )
    bare = "bare `weasyprint`, pdf/a-3a, its charts already SVG"
    return [
        Row("e", f"the complete report, PDF of {pages} pages, its charts kept from before", found["charts"], bare, found["peer"], 1.0),
        Row("", "the same with nothing kept: its charts are rendered too", found["anew"], bare, found["peer"]),
    ]  # fmt: skip


def word(bench: Bench, runs: int) -> list[Row]:
    """(f) The complete report as DOCX against its PDF, both from the same composed document."""
    root = workspace(bench, "word")
    child = (sys.executable, "-m", "benchmarks.child")
    given = (root, ORGANISATION, bench.folder / "complete.json", DOCUMENT)
    bench.cpu(*child, "pages", *given)

    def measure(form: str) -> float:
        return json.loads(bench.run(*child, form, *given)[1])["write"]

    found = interleaved({"docx": lambda: measure("docx"), "pdf": lambda: measure("pdf")}, runs)
    return [Row("f", "the complete report as DOCX, charts of Word’s own", found["docx"], "its PDF", found["pdf"], 0.08)]


def cores(bench: Bench, runs: int) -> list[Row]:
    """(g) Both languages and both formats on two cores against one after another: wall time."""
    root = workspace(bench, "cores")
    found = interleaved(
        {
            "two": lambda: bench.wall(*_command(root, "--anew", "-j", "2")),
            "one": lambda: bench.wall(*_command(root, "--anew", "-j", "1")),
        },
        runs,
    )
    what = "both languages, PDF and DOCX, on two cores (wall time)"
    return [Row("g", what, found["two"], "one after another (wall time)", found["one"], 0.6)]


def again(bench: Bench, runs: int) -> list[Row]:
    """(h) A second build with nothing changed; (i) a build after one fact changed in one language."""
    root = workspace(bench, "again")
    all_of_it = _command(root, "-j", "1")
    bench.cpu(*all_of_it)
    year = root / "data" / ORGANISATION / "2026" / "stories.yaml"
    text = year.read_text("utf-8")
    changes = [0]

    def changed() -> float:
        changes[0] += 1
        head, found, tail = text.partition("title: {en: ")
        assert found
        year.write_text(f"{head}{found}{'On ' * changes[0]}{tail}", "utf-8")
        before = _times(root)
        spent = bench.cpu(*all_of_it)
        touched = {path.name for path, moment in _times(root).items() if before.get(path) != moment}
        assert touched == {f"{DOCUMENT}-en.pdf", f"{DOCUMENT}-en.docx"}, touched
        return spent

    found = interleaved(
        {
            "nothing": lambda: bench.cpu(*all_of_it),
            "one": changed,
            "settled": lambda: bench.cpu(*all_of_it),
            "all": lambda: bench.cpu(*_command(root, "-j", "1", "--anew")),
        },
        runs,
    )
    return [
        Row("h", "nothing changed: four files, no layout", found["settled"], aim=0.5),
        Row("i", "one fact changed in English: that document alone is laid out", found["one"], "all of it again", found["all"]),
    ]  # fmt: skip


def _times(root: Path) -> dict[Path, int]:
    return {p: p.stat().st_mtime_ns for p in (root / "output" / ORGANISATION / DOCUMENT).iterdir()}
