"""The ways of making many annexes that `benchmarks.batch` compares, each in a process of its own.

``python -m benchmarks.ways WAY FOLDER`` reads numbers of documents, a line at a time, makes them, and answers with a line of
JSON: the seconds of processor time of this process and those that it started, and the memory after each document.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from report.workspace import bundled_templates

Make = Callable[[list[int]], Iterator[int]]
"""Makes documents and yields the number of each."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_MB = 1_000_000


def _ours(folder: Path, formats: tuple[str, ...]) -> Make:
    from report.batch import preload, worker  # noqa: F401 - the worker's libraries are loaded before it begins
    from report.formats import FORMATS

    units = pickle.loads((folder / f"{'-'.join(formats)}.units").read_bytes())
    assert set(formats) <= set(FORMATS)
    worker.begin(os.getppid(), 1500 * _MB, units[0].workspace)

    def make(numbers: list[int]) -> Iterator[int]:
        for number in numbers:
            entry = worker.build(units[number])
            assert entry.status == "made", entry.problems
            yield number

    return make


def _weasyprint(folder: Path, name: str) -> Make:
    import weasyprint

    def make(numbers: list[int]) -> Iterator[int]:
        for number in numbers:
            weasyprint.HTML(folder / f"{number}.{name}").write_pdf(folder / f"{number}.weasyprint.pdf")
            yield number

    return make


def _docxtpl(folder: Path) -> Make:
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    from benchmarks import tagged

    template, out = folder / "tagged.docx", folder / "libreoffice"
    tagged.write(template)
    out.mkdir()
    soffice = ("soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf")

    def make(numbers: list[int]) -> Iterator[int]:
        written = []
        for number in numbers:
            filled = DocxTemplate(template)
            facts = json.loads((folder / f"{number}.json").read_text("utf-8"))
            picture = InlineImage(filled, str(folder / f"{number}.png"), width=Mm(165))
            filled.render({**facts, "picture": picture}, autoescape=True)
            written.append(out / f"{number}.docx")
            filled.save(written[-1])
        subprocess.run([*soffice, "--outdir", out, *written], check=True, capture_output=True)
        assert all(path.with_suffix(".pdf").exists() for path in written)
        yield from numbers

    return make


def _chromium(folder: Path) -> Make:
    program = next(filter(None, map(shutil.which, CHROMIUM)))
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder / 'chromium'}",
        "--no-pdf-header-footer",
    )

    def make(numbers: list[int]) -> Iterator[int]:
        for number in numbers:
            target = folder / f"{number}.chromium.pdf"
            page = (folder / f"{number}.html").as_uri()
            subprocess.run([program, *flags, f"--print-to-pdf={target}", page], check=True, capture_output=True)
            assert target.exists()
            yield number

    return make


def _typst(folder: Path) -> Make:
    import typst

    source = folder / "annex.typ"
    shutil.copy(Path(__file__).with_name("annex.typ"), source)
    fonts = {"font_paths": [bundled_templates() / "fonts"], "ignore_system_fonts": True}

    def make(numbers: list[int]) -> Iterator[int]:
        for number in numbers:
            target = folder / f"{number}.typst.pdf"
            typst.compile(source, target, root=folder, sys_inputs={"data": f"{number}.json"}, **fonts)
            yield number

    return make


WAYS: dict[str, Callable[[Path], Make]] = {
    "pdf": lambda folder: _ours(folder, ("pdf",)),
    "pdf-docx": lambda folder: _ours(folder, ("pdf", "docx")),
    "weasyprint": lambda folder: _weasyprint(folder, "html"),
    "weasyprint-fixed": lambda folder: _weasyprint(folder, "fixed.html"),
    "docxtpl": _docxtpl,
    "chromium": _chromium,
    "typst": _typst,
}


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _now() -> float:
    """Return the memory of this process in MB, now where the system tells, else at most."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / _MB
    except OSError:
        return _peak()


def _peak() -> float:
    """Return the most memory, in MB, of this process or of one that it started."""
    unit = 1 if sys.platform == "darwin" else 1024
    own, started = (
        resource.getrusage(who).ru_maxrss * unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    try:  # Linux counts what the process was before it became this program, too
        told = Path("/proc/self/status").read_text("ascii", "replace")
        own = int(told.partition("VmHWM:")[2].split()[0]) * 1024
    except OSError:
        pass
    return max(own, started) / _MB


def main(way: str, where: str) -> None:
    """Make what is asked for until nothing more is."""
    make = WAYS[way](Path(where))
    for line in sys.stdin:
        before = _spent()
        memory = [_now() for _ in make([int(number) for number in line.split()])]
        print(json.dumps({"cpu": _spent() - before, "memory": memory, "peak": _peak()}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
