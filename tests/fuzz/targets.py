"""What is given spoiled files: facts, tables, templates, funders' forms and PDFs, each as its command reads them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from report import pipeline
from report.forms import untrusted
from report.forms.fill import FactSource
from report.model.dossier import Dossier
from report.model.tables import organisations
from report.values import Problem, ReportError
from report.workspace import Workspace
from tests.conftest import ROOT
from tests.forms import funder
from tests.fuzz import mutate
from tests.press import pages
from tests.source.tables.support import xlsx

Target = Callable[[random.Random, Path], Iterable[Problem]]
ORGANISATION = "lantern-bridge"
"""The small one of `tests/data`."""


def _copy(folder: Path) -> Workspace:
    if not (folder / "data").is_dir():
        shutil.copytree(ROOT / "tests" / "data", folder / "data")
    return Workspace.at(folder)


def facts(chance: random.Random, folder: Path) -> Iterable[Problem]:
    """Check an organisation of which one file is spoiled."""
    workspace = _copy(folder)
    path = chance.choice(sorted((workspace.data / ORGANISATION).rglob("*.yaml")))
    before = path.read_bytes()
    try:
        spoiled = mutate.text(chance, before.decode()).encode("utf-8", "surrogatepass") if chance.random() < 0.8 else mutate.data(chance, before)  # fmt: skip
        path.write_bytes(spoiled)
        return pipeline.check(workspace, ORGANISATION, templates=False).problems
    finally:
        path.write_bytes(before)


_ROWS = (
    "id;organisation.name.en;organisation.founded;organisation.about.en",
    "a;Alpha;2001;We are.",
    "b;Beta;2003-05;It is.",
    "c;Gamma;;So.",
)


def tables(chance: random.Random, folder: Path) -> Iterable[Problem]:
    """Read organisations from a spoiled CSV file or workbook."""
    workspace = _copy(folder)
    if chance.random() < 0.5:
        path = folder / "members.csv"
        path.write_bytes(mutate.data(chance, "\n".join(_ROWS).encode()) if chance.random() < 0.5 else mutate.text(chance, "\n".join(_ROWS)).encode("utf-8", "surrogatepass"))  # fmt: skip
    else:
        path = folder / "members.xlsx"
        xlsx(path, [line.split(";") for line in _ROWS])
        path.write_bytes(mutate.archive(chance, path.read_bytes()))
    found = organisations(workspace, path, ORGANISATION)
    return [*found.problems, *(problem for id_ in list(found.ids)[:3] for problem in found.load(id_).problems)]


_SECTION = "templates/annual-report/sections/about.html.j2"


def templates(chance: random.Random, folder: Path) -> Iterable[Problem]:
    """Compose a report of which one section, macro or style sheet is spoiled."""
    workspace = _copy(folder)
    bundled = ROOT / "templates"
    source = chance.choice(sorted([*(bundled / "annual-report" / "sections").glob("*.j2"), *(bundled / "annual-report").glob("*.j2"), bundled / "base.html.j2", bundled / "annual-report" / "style.css"]))  # fmt: skip
    path = folder / "templates" / source.relative_to(bundled)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(mutate.text(chance, source.read_text("utf-8")), "utf-8", "surrogatepass")
    try:
        checked = pipeline.check(workspace, ORGANISATION, templates=False)
        assert checked.dossier, checked.errors
        job = pipeline.jobs(checked.dossier, (), ("en",), ("html",))[0]
        pipeline.prepare(workspace, job, checked.dossier)
        return ()
    finally:
        path.unlink()


def forms(chance: random.Random, folder: Path) -> Iterable[Problem]:
    """Map and fill a spoiled form."""
    make = chance.choice((funder.part_b, funder.prag, funder.unpp, _template))
    form, map_ = folder / "form.docx", folder / "form.yaml"
    whole = make()
    form.write_bytes(whole)
    dossier = _dossier(folder)
    map_.write_text(untrusted.map_form(form)[0], "utf-8")
    form.write_bytes(mutate.archive(chance, whole))
    if chance.random() < 0.3:
        map_.write_text(mutate.text(chance, map_.read_text("utf-8")), "utf-8", "surrogatepass")
    untrusted.map_form(form)
    return untrusted.fill_form(form, map_, FactSource(dossier, folder, "en")).problems


_DOSSIERS: dict[Path, Dossier] = {}


def _dossier(folder: Path) -> Dossier:
    if folder not in _DOSSIERS:
        checked = pipeline.check(_copy(folder), ORGANISATION, templates=False)
        assert checked.dossier, checked.errors
        _DOSSIERS[folder] = checked.dossier
    return _DOSSIERS[folder]


def _template() -> bytes:
    tags = (
        "{{ organisation.name }}",
        "{{ organisation.country }} {% if year %}x{% endif %}",
        "{{r rich(organisation.name, bold=True) }}",
    )
    rows = funder.table(
        ("{%tr for view in affiliations %}", ""), ("{{ view.network.name }}", "x"), ("{%tr endfor %}", "")
    )
    return funder.package("".join(map(funder.p, tags)) + rows)


def pdfs(chance: random.Random, folder: Path) -> Iterable[Problem]:
    """Check a spoiled PDF for the press, or impose it."""
    from report.press.check.check import check
    from report.press.check.rules.expected import Expected
    from report.press.impose.impose import ImpositionOrder, impose
    from report.profiles import load

    path = folder / "file.pdf"
    path.write_bytes(mutate.pdf(chance, pages.made(4, bleed=9.0, compress_streams=chance.random() < 0.5)))
    if chance.random() < 0.5:
        return impose(path, ImpositionOrder(scheme=chance.choice(("booklet", "n-up")))).problems
    shop = load.printer(Workspace.at(ROOT), "print-europe")
    report = check(path, shop, Expected())
    return list(report.problems)


TARGETS: dict[str, Target] = {"facts": facts, "tables": tables, "templates": templates, "forms": forms, "pdfs": pdfs}


def answer(name: str, seed: int, folder: Path) -> list[Problem]:
    """Return what is said of the file that a seed spoils; whatever is raised but `ReportError` is a fault of ours."""
    try:
        return list(TARGETS[name](random.Random(f"{name} {seed}"), folder))
    except ReportError as error:
        return list(error.problems)
