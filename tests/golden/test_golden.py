"""Everything that is made of a small fictional organisation, compared with what was made before.

`pytest tests/golden --renew` writes the expected files anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from lxml import etree

from report import pipeline
from report.workspace import Workspace

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every part of every document, by the name of its expected file."""
    workspace = Workspace.at(HERE, tmp_path_factory.mktemp("golden"))
    checked = pipeline.check(workspace, "lantern")
    assert not checked.errors, checked.errors
    found = {}
    for job in pipeline.jobs(checked.dossier, (), (), ()):
        document = pipeline.prepare(workspace, job)
        files = {a.format: a for a in pipeline.run(workspace, job).artifacts}
        found[f"{job.language}.html"] = document.html
        found[f"{job.language}.facts.json"] = document.attachments[0].content.decode() + "\n"
        found[f"{job.language}.pdf.txt"] = _pdf(files["pdf"].path)
        found |= {f"{job.language}.docx.{name}": text for name, text in _word(files["docx"].path)}
    return found


def _pdf(path: Path) -> str:
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        titles = [f"{item.title} > {', '.join(str(kid.title) for kid in item.children)}" for item in outline.root]
    with pdfplumber.open(path) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    said = [f"pages: {len(pages)}", "outline:", *titles]
    return "\n".join([*said, *(f"--- page {n}\n{text}" for n, text in enumerate(pages, 1))]) + "\n"


def _word(path: Path) -> list[tuple[str, str]]:
    with zipfile.ZipFile(path) as package:
        names = [n for n in package.namelist() if n.endswith(".xml") and n not in ("word/fontTable.xml",)]
        return [(n.replace("/", "-"), _pretty(package.read(n))) for n in sorted(names)] + [
            ("parts.txt", "\n".join(package.namelist()) + "\n")
        ]


def _pretty(content: bytes) -> str:
    text = etree.tostring(etree.fromstring(content), encoding="unicode")
    return re.sub(r"(?<=>)(?=<(?!/))", "\n", text) + "\n"


def test_everything_is_as_it_was(parts: dict[str, str], request: pytest.FixtureRequest) -> None:
    folder = HERE / "expected"
    if request.config.getoption("--renew"):
        for old in folder.glob("*"):
            old.unlink()
        for name, text in parts.items():
            (folder / name).write_text(text, "utf-8")
        pytest.skip("expected files renewed")
    assert sorted(parts) == sorted(p.name for p in folder.iterdir())
    changed = [name for name, text in parts.items() if text != (folder / name).read_text("utf-8")]
    assert not changed, _first_change(folder / changed[0], parts[changed[0]])


def _first_change(path: Path, text: str) -> str:
    for number, (old, new) in enumerate(zip(path.read_text("utf-8").split("\n"), text.split("\n"), strict=False), 1):
        if old != new:
            return f"{path.name}:{number}: was {old!r}, is {new!r}"
    return f"{path.name}: another length"


def test_the_expected_files_say_what_the_facts_say() -> None:
    """A golden file may be renewed in haste: these hold whatever was renewed."""
    html = re.sub("[\u00a0\u202f]", " ", (HERE / "expected" / "bg.html").read_text("utf-8"))
    for words in (
        "Дружество „Фенер и хвърчило“",
        "1 234,5",
        "декември 1999 г.",
        "1987 г.",
        "29 февруари 2004 г.",
        "&lt; 5 км",
        "0042",
    ):
        assert words in html
    facts = json.loads((HERE / "expected" / "en.facts.json").read_text("utf-8"))
    assert facts["networks"][0]["figures"][0]["as_of"] == "2025-06"
