"""Annexes of three pages for `benchmarks.batch`: text, two tables and a chart, and the same facts for every peer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from benchmarks import network
from report import pipeline
from report.formats import charts, css, pdf
from report.values import Document, Job
from report.workspace import Workspace

KIND = "three-pages"
DOCUMENT = "affiliations-annex"
PAGES = 3
LIKELY = range(7_600, 10_000)
"""So many characters of HTML make three pages; of others it is not tried."""
_KIND = """name: {en: Annex of three pages, bg: Приложение от три страници}
sections: [title, ties, networks, joint, evidence]
like: affiliations-annex
"""
_BODY = """{% extends "base.html.j2" %}
{% block body %}
{% for section in sections %}
{% include ("three-pages" if section == "networks" else "affiliations-annex") ~ "/sections/" ~ section ~ ".html.j2" %}
{% endfor %}
{% endblock %}
"""
_CHART = """{% from "annual-report/macros.html.j2" import drawn with context %}
<section class="drawn"><h2 id="map">{{ organisation.short_name|text }}</h2>
{{ drawn("ties") }}
</section>
"""


def workspace(root: Path, count: int) -> Workspace:
    """Write a workspace in which `count` organisations ask for an annex with a chart, each in its first language."""
    network.workspace(root, count)
    for path in (root / "data").glob("*/documents.yaml"):
        asked = path.read_text("utf-8").replace(f'kind: "{DOCUMENT}"', f'kind: "{KIND}"')
        path.write_text(re.sub(r'languages: \["(\w+)".*\]', r'languages: ["\1"]', asked), "utf-8")
    for name, text in {"kind.yaml": _KIND, "body.html.j2": _BODY, "sections/networks.html.j2": _CHART}.items():
        path = root / "templates" / KIND / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Workspace.at(root)


def found(made: Workspace, count: int) -> Iterator[tuple[Job, Document]]:
    """Yield `count` jobs whose documents have three pages and a chart; the charts are rendered and kept on the way."""
    charts.cache_in(made.cache / "charts")
    for name in made.organisations():
        if not count:
            return
        checked = pipeline.check(made, name, templates=False)
        if checked.dossier is None or checked.errors:
            continue
        job = pipeline.jobs(checked.dossier, (), (), ())[0]
        document = pipeline.prepare(made, job, checked.dossier)
        if document.drawings and len(document.html) in LIKELY and len(pdf.extent(document).pages) == PAGES:
            count -= 1
            yield job, document
    if count:
        raise AssertionError(f"{count} more annexes of {PAGES} pages are wanted: invent more organisations")


def give(document: Document, folder: Path, number: int) -> None:
    """Write what the peers are given of a document: HTML with its styles, its chart as SVG and PNG, and its facts."""
    (source, drawing), *_ = document.drawings.items()
    (folder / f"{number}.svg").write_text(charts.svg(drawing, document.look), "utf-8")
    (folder / f"{number}.png").write_bytes(charts.png(drawing, document.look))
    styles = css.stylesheet(document.look, lambda face: face.path.as_uri()) + "\n" + css.widths(document.tree)
    html = document.html.replace(f'src="{source}"', f'src="{number}.svg"')
    for name, layout in (("html", "auto"), ("fixed.html", "fixed")):
        style = styles.replace("table-layout: fixed", f"table-layout: {layout}")
        (folder / f"{number}.{name}").write_text(html.replace("</head>", f"<style>{style}</style></head>", 1), "utf-8")
    facts = {**_facts(document.tree.copy()), "language": document.language, "picture": f"{number}.svg"}
    (folder / f"{number}.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")


def _facts(root: ET.Element) -> dict[str, Any]:
    """Return the words of an annex, for peers that lay plain facts out by templates of their own."""
    parts = {each.get("class"): each for each in root.iter("section")}
    title, evidence, drawn = parts["annex-title"], parts["evidence"], parts["drawn"]
    return {
        "title": _words(title.find("h1")),
        "about": [_words(each) for each in title.findall("p")],
        "facts": [list(map(_words, pair)) for pair in zip(title.iter("dt"), title.iter("dd"), strict=True)],
        "tables": [_table(parts[name]) for name in ("ties", "joint")],
        "drawn": {"heading": _words(drawn.find("h2")), "caption": _words(drawn.find(".//figcaption"))},
        "evidence": {"heading": _words(evidence.find("h2")), "items": [_words(each) for each in evidence.iter("li")]},
    }


def _table(section: ET.Element) -> dict[str, Any]:
    rows = [[_words(cell) for cell in row] for row in section.iter("tr")]
    told = {
        name: _words(section.find(f".//{tag}"))
        for name, tag in (("heading", "h2"), ("intro", "p"), ("caption", "caption"))
    }
    widths = [float(column.get("data-width", "10")) for column in section.iter("col")]
    return {**told, "head": rows[0], "rows": rows[1:], "widths": widths}


def _words(element: ET.Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
