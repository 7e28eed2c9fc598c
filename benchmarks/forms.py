"""(j) A form of thirty pages is filled; (k) 560 of them, against docxtpl with tags in the same places."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path

import yaml

from benchmarks.table import Row
from benchmarks.timing import Bench, interleaved

FIELDS, FILLS = 100, 560
ANSWER = "An answer of some length & more. " * 6
_INSTRUCTION = "Describe the background and rationale of the project in detail. " * 12


def write(folder: Path) -> None:
    """Write a form with content controls and its map, and the same form as a template with docxtpl's tags."""
    from tests.forms import funder

    def body(answer: list[str]) -> str:
        return "".join(
            funder.p(f"{n}. Heading", "Heading1") + funder.p(_INSTRUCTION) * 4 + funder.line("Answer: ", each)
            for n, each in enumerate(answer, 1)
        )

    numbers = range(1, FIELDS + 1)
    controls = body([funder.control(f"Field{n}", "<w:text/>", number=n) for n in numbers])
    (folder / "form.docx").write_bytes(funder.package(controls))
    (folder / "tags.docx").write_bytes(funder.package(body([f"{{{{ field{n} }}}}" for n in numbers])))
    fields = [{"address": f"control:Field{n}", "value": ANSWER} for n in numbers]
    (folder / "map.yaml").write_text(yaml.safe_dump({"form": "form.docx", "fields": fields}), "utf-8")


def main(what: str, where: str, count: str) -> None:
    """Fill `count` times in this process and print the processor time of it, imports left out, as JSON."""
    folder = Path(where)
    fill = _ours(folder) if what == "ours" else _theirs(folder)
    start = time.process_time()
    for _ in range(int(count)):
        fill()
    print(json.dumps({"seconds": time.process_time() - start}))


def _ours(folder: Path):
    from report.forms import fill, form_map
    from report.forms.word.package import open_form

    def one() -> None:
        made = fill.fill(
            open_form(folder / "form.docx"), *form_map.load(folder / "map.yaml"), fill.FactSource(None, folder)
        )
        (folder / "filled.docx").write_bytes(made.content)

    return one


def _theirs(folder: Path):
    from docxtpl import DocxTemplate

    values = {f"field{n}": ANSWER for n in range(1, FIELDS + 1)}

    def one() -> None:
        template = DocxTemplate(str(folder / "tags.docx"))
        template.render(values, autoescape=True)
        content = io.BytesIO()
        template.save(content)
        (folder / "rendered.docx").write_bytes(content.getvalue())

    return one


def fills(bench: Bench, runs: int) -> list[Row]:
    """Measure one fill in a fresh process, and many."""
    folder = bench.folder / "forms"
    folder.mkdir()
    write(folder)

    def measure(what: str, count: int) -> float:
        return json.loads(bench.run(sys.executable, "-m", "benchmarks.forms", what, folder, str(count))[1])["seconds"]

    one = interleaved({"ours": lambda: measure("ours", 1)}, runs)
    many = interleaved({"ours": lambda: measure("ours", FILLS), "theirs": lambda: measure("docxtpl", FILLS)}, 1)
    return [
        Row("j", f"`report form fill`: a form of thirty pages, {FIELDS} fields, after start-up", one["ours"], aim=0.3),
        Row("k", f"{FILLS} of them", many["ours"], "docxtpl, tags in the same places", many["theirs"], 0.333),
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
