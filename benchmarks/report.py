"""Measure the product against its peers and print a table: ``python -m benchmarks.report [--runs N] [--only a,c]``."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import complete, forms, generate, table
from benchmarks.generate import Size
from benchmarks.table import Row
from benchmarks.timing import REPORT, ROOT, Bench, forget_documents, interleaved

ORGANISATION = "kite-society"
BARE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/a-3a')"
COMPOSE = "import sys, yaml; [yaml.compose(open(path, 'rb'), Loader=yaml.CSafeLoader) for path in sys.argv[1:]]"


def build(bench: Bench, runs: int) -> list[Row]:
    """(a) The whole ``report build`` of a 40-page PDF against bare WeasyPrint on the same HTML and styles."""
    root, pages = _document(bench, Size(networks=9, paragraphs=3), 40)
    peer = bench.folder / "peer"
    bench.cpu(sys.executable, "-m", "benchmarks.peer", root, ORGANISATION, peer)
    command = [word for word in _command(root) if word != "--anew"]
    bench.cpu(*command)

    def build_again() -> float:
        forget_documents(root / "output")
        return bench.cpu(*command)

    found = interleaved(
        {
            "product": build_again,
            "peer": lambda: bench.cpu(sys.executable, "-c", BARE, peer / "document.html", peer / "document.pdf"),
        },
        runs,
    )
    what = (
        f"`report build` of a PDF of {pages} pages: command, checks, composition, mends; its drawing kept from before"
    )
    return [Row("a", what, found["product"], "bare `weasyprint`, pdf/a-3a", found["peer"], 1.0)]


def _command(root: Path) -> tuple[str | Path, ...]:
    return (*REPORT, "build", ORGANISATION, "annual-report", "--workspace", root, "--lang", "en", "-j", "1", "--anew")


def _document(bench: Bench, size: Size, wanted: int) -> tuple[Path, int]:
    """Return a workspace whose report has `wanted` pages, within a twentieth, and how many it has.

    Templates change, and pages with them: then networks are added or taken away.
    """
    for _ in range(5):
        root = generate.workspace(bench.folder / f"{wanted}-{size.networks}", size)
        pages = json.loads(bench.run(*_command(root), "--json")[1])["made"][0]["pages"]
        if abs(pages - wanted) <= wanted / 20:
            return root, pages
        size = dataclasses.replace(size, networks=max(1, round(size.networks * wanted / pages)))
    raise AssertionError(f"the document has {pages} pages, not {wanted}")


def word(bench: Bench, runs: int) -> list[Row]:
    """(b) The DOCX of a 100-page document against its PDF, both from the same composed document."""
    root, pages = _document(bench, Size(networks=18, paragraphs=12), 100)
    child = (sys.executable, "-m", "benchmarks.child")
    given = (root, ORGANISATION, bench.folder / "pages.json")
    bench.cpu(*child, "pages", *given)
    seen: dict[str, list[dict[str, float]]] = {"pdf": [], "docx": []}

    def measure(form: str) -> float:
        seen[form].append(json.loads(bench.run(*child, form, *given)[1]))
        return seen[form][-1]["write"]

    found = interleaved({"docx": lambda: measure("docx"), "pdf": lambda: measure("pdf")}, runs)
    whole = {form: [one["imports"] + one["write"] for one in each[1:]] for form, each in seen.items()}
    return [
        Row("b", f"DOCX of a document of {pages} pages", found["docx"], "its PDF", found["pdf"], 0.06),
        Row("", "the same, imports included", whole["docx"], "its PDF, imports included", whole["pdf"]),
    ]


def check(bench: Bench, runs: int) -> list[Row]:
    """(c) ``report check`` on 16,000 lines of YAML against composing the nodes of the same files."""
    size = {"networks": 53, "paragraphs": 3}
    facts = generate.workspace(bench.folder / "facts", Size(**size, documents=False))
    asked = generate.workspace(bench.folder / "asked", Size(**size))
    count = generate.lines(facts)
    assert 15_500 <= count <= 16_500, f"the files have {count} lines, not 16,000"
    files = generate.files(facts)
    sides: Mapping[str, Callable[[], float]] = {
        "product": lambda: bench.cpu(*REPORT, "check", "--workspace", facts),
        "peer": lambda: bench.cpu(sys.executable, "-c", COMPOSE, *files),
        "asked": lambda: bench.cpu(*REPORT, "check", "--workspace", asked),
    }
    found = interleaved(sides, runs)
    peer = "`yaml.compose` with the C loader"
    return [
        Row("c", f"`report check` of {count:,} lines of YAML", found["product"], peer, found["peer"], 5.0),
        Row("", "the same, and one document in one language composed", found["asked"], peer, found["peer"]),
    ]


def start(bench: Bench, runs: int) -> list[Row]:
    """(d) Start-up: ``report --help``, and the smallest useful command."""
    sides: Mapping[str, Callable[[], float]] = {
        "help": lambda: bench.cpu(*REPORT, "--help"),
        "spoc": lambda: bench.cpu(*REPORT, "check", "spoc", "--workspace", ROOT),
    }
    found = interleaved(sides, runs)
    return [Row("d", "`report --help`", found["help"], aim=0.25), Row("", "`report check spoc`", found["spoc"])]


CASES: Mapping[str, Callable[[Bench, int], list[Row]]] = {
    "a": build,
    "b": word,
    "c": check,
    "d": start,
    "e": complete.pdf,
    "f": complete.word,
    "g": complete.cores,
    "h": complete.again,
    "j": forms.fills,
}


def main() -> int:
    """Measure the cases that are asked for; return 0 whether or not the aims are met, since machines differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (default 5)")
    parser.add_argument("--only", default=",".join(CASES), help="which cases, such as a,c (default all)")
    options = parser.parse_args()
    chosen = options.only.split(",")
    if options.runs < 1 or not set(chosen) <= set(CASES):
        parser.error(f"--runs is at least 1, and --only names cases out of {', '.join(CASES)}")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="report-bench-") as folder:
        bench = Bench(Path(folder))
        for case in chosen:
            print(f"measuring {case} …", file=sys.stderr)
            rows += CASES[case](bench, options.runs)
    print(table.markdown(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
