"""How long a change takes from the key to the picture of the page: ``python -m benchmarks.preview [--runs N]``.

Each change is typed into an open document, and nothing of it is saved. The figures are processor time of the preview's process.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Mapping
from dataclasses import replace
from statistics import median

from benchmarks.timing import ROOT
from report.model.walk import Steps
from report.preview.pages import Studio
from report.preview.requests import Failed, Page, Show
from report.workspace import Workspace

CASES: tuple[tuple[str, Show, tuple[str, Steps], str, float], ...] = (
    ("an annex, whole", Show("spoc", "affiliations-annex", "en"), ("affiliations.yaml", ("affiliations", 0)), "SPOC is a member of the network", 0.2),
    ("a report of 8 pages, whole", Show("spoc", "annual-report", "bg"), ("organisation.yaml", ("about",)), "Сдружение SPOC", 0.5),
    (
        "a report of 39 pages, the section alone",
        Show("lantern-bridge", "annual-report-2026", "en"),
        ("2026/activities.yaml", ("activities", 0)),
        "Children borrowed",
        0.35,
    ),
)  # fmt: skip
"""What is changed: its name, the request, the field, words in its file after which is typed, and the aim in seconds."""


def main() -> None:
    """Measure every case and print a table."""
    parser = argparse.ArgumentParser(description="Measure the preview.")
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    studio = Studio(Workspace.at(ROOT))
    print(
        "| what | first page, CPU ms | all pages, CPU ms | aim, ms | pages | opened, CPU ms |\n| --- | --- | --- | --- | --- | --- |"
    )
    for name, show, focus, words, aim in CASES:
        print(row(studio, name, show, focus, words, aim, runs), flush=True)
    print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def row(studio: Studio, name: str, show: Show, focus: tuple[str, Steps], words: str, aim: float, runs: int) -> str:
    """Open a document, type into it again and again, and return its row of the table: medians in milliseconds."""
    path = ROOT / "data" / show.organisation / focus[0]
    text = path.read_text("utf-8")
    assert words in text, (path, words)
    opened = pages(studio, show)
    first, whole = [], []
    for number in range(runs):
        typed = {path: text.replace(words, words + " x" * (number + 1), 1)}
        found = pages(studio, replace(show, texts=typed, focus=focus, known=tuple(page.fingerprint for page in opened)))
        first.append(cost(found[0].cost))
        whole.append(cost(found[-1].cost))
    figures = [median(first), median(whole), aim]
    times = " | ".join(f"{1000 * seconds:.0f}" for seconds in figures)
    return f"| {name} | {times} | {len(opened)} | {1000 * cost(opened[-1].cost):.0f} |"


def pages(studio: Studio, show: Show) -> list[Page]:
    """Return the pages in the order in which they come."""
    found: list[Page] = []
    for answer in studio.show(show):
        if isinstance(answer, Failed):
            raise SystemExit(str(answer.problems))
        found.append(answer)
    return found


def cost(steps: Mapping[str, float]) -> float:
    """Return the seconds of processor time of all steps."""
    return sum(steps.values())


if __name__ == "__main__":
    main()
