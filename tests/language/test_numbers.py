"""Numbers hold together with their groups of digits, sign, currency and unit, whoever typed them."""

from __future__ import annotations

from pathlib import Path

import pytest

from report import pipeline
from report.html.parser import parse
from report.language import numbers
from report.values import Severity
from report.workspace import Workspace


@pytest.mark.parametrize(
    "text",
    ["През 2025~г. похарчихме 1~250~000~лв. за 12~% от 3~млн.~лв.", "EUR~1~250 or 1~250~EUR, 5~km away", "1.2~million~EUR; 10~000 people, No.~5",
     "−1~250~000,50~€ (−12~%)", "24~кв. м, 5~м², 20~°C, 37,5~‰", "12 people, 3 men, 12 a day, 1 March 2026", "in 2025 300 came", "phone 02 981 2345",
     "€~5 and $5", "5~г. и 5 града", "0 123 of them", "by 2030 EU"],
)  # fmt: skip
def test_what_belongs_to_a_number(text: str) -> None:
    typed = text.replace("~", " ")
    assert numbers.bound_text(typed).replace("\u00a0", "~") == text and len(numbers.bound_text(typed)) == len(typed)


def _bound(body: str) -> str:
    root = parse(f"<html><head><title>1 250 EUR</title></head><body>{body}</body></html>")
    before = ["".join(element.itertext()) for element in root.iter()]
    numbers.bind(root)
    assert ["".join(element.itertext()).replace("\u00a0", " ") for element in root.iter()] == before
    return "".join(next(root.iter("body")).itertext()).replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("body", "bound"),
    [
        ("<p><strong>12</strong> % and <em>1 250</em> <b>EUR</b></p>", "12~% and 1~250~EUR"),
        ("<p>5 km<span role='doc-footnote'>As said</span></p>", "5~kmAs said"),
        ("<p>Room 5</p> <p>EUR</p>", "Room 5 EUR"),
        ("<table><tbody><tr><td>5</td> <td>EUR</td></tr></tbody></table>", "5 EUR"),
        ("<p>5<br> %</p>", "5 %"),
        ("<p><code>1 250 000</code> 1 250</p>", "1 250 000 1~250"),
    ],
)
def test_numbers_go_over_inline_elements_and_not_over_blocks(body: str, bound: str) -> None:
    assert " ".join(_bound(body).split(" ")) == bound or _bound(body) == bound


OWN = {
    "organisation.yaml": "name: {en: Amani, bg: Амани}\ncountry: KE\nlanguages: [en, bg]\nmission: {en: Peace., bg: Мир.}\n"
    "sources: [{id: lists, title: {en: L, bg: Л}, language: en}]\n",
    "documents.yaml": "documents:\n  - {id: report, kind: annual-report, year: 2025, title: {en: Report, bg: Доклад}, languages: [en, bg], formats: [pdf, docx], date: 2026-03-01}\n",
    "programmes.yaml": "programmes:\n  - {id: wells, name: {en: Wells, bg: Кладенци}, since: 2014, summary: {en: 'We spent 1 250 000 KES.', bg: 'Похарчихме 1 250 000 лв.'}}\n"
    "indicators:\n  - {id: dug, name: {en: Wells dug, bg: Изкопани}, programme: wells, baseline: {value: 1, year: 2014}}\n",
    "2025/year.yaml": "summary: {en: A year., bg: Година.}\n",
}  # fmt: skip


def _workspace(folder: Path, target: str, last: str = "") -> Workspace:
    results = "results:\n  - indicator: dug\n    target: {}\n    actual: {}\n    source: lists\n"
    texts = OWN | {"2025/results.yaml": results.format(target, target)}
    if last:
        texts |= {"2024/year.yaml": OWN["2025/year.yaml"], "2024/results.yaml": results.format(last, last)}
    for file, text in texts.items():
        (folder / "data" / "amani" / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / "data" / "amani" / file).write_text(text, "utf-8")
    return Workspace.at(folder)


@pytest.mark.quick("1250000-formats1-en", "999999999998.123456-formats2-bg", "125000000.5-formats0-bg")
@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("formats", [("pdf",), ("docx",), ("docx", "pdf")])
@pytest.mark.parametrize("target", ["1250000", "125000000.5", "999999999998.123456"])
def test_a_number_without_room_is_told_once_at_its_fact(
    target: str, formats: tuple[str, ...], language: str, tmp_path: Path
) -> None:
    workspace = _workspace(tmp_path, target, last="999999999997.123456" if "." in target[10:] else "")
    checked = pipeline.check(workspace, "amani")
    assert not checked.errors, checked.errors
    (job,) = pipeline.jobs(checked.dossier, ("report",), (language,), formats)
    made = pipeline.run(workspace, job)
    told = [p for p in made.problems if p.code == "layout.number"]
    assert {artifact.format for artifact in made.artifacts} >= set(formats)
    assert bool(told) == (target.startswith("9999")) and all(p.severity is Severity.WARNING and p.hint for p in told)
    places = {(p.location.path.parent.name, p.location.path.name) for p in told if p.location}
    assert places <= {("2025", "results.yaml"), ("2024", "results.yaml")} and len(told) == len(
        {p.message for p in told}
    )
    again = pipeline.run(workspace, job)  # from what was kept
    assert [p for p in again.problems if p.code == "layout.number"] == told


@pytest.mark.parametrize(
    ("text", "classes"),
    [("1,250", "value"), ("BGN 112,676", "value longer"), (" KES 125,000,000 ", "value longer longest")],
)
def test_long_key_figures_are_set_smaller(text: str, classes: str) -> None:
    root = parse(f'<html><body><p><strong class="value">{text}</strong> <b class="label">{text}</b></p></body></html>')
    numbers.size(root)
    assert [element.get("class") for element in root.iter() if element.get("class")] == [classes, "label"]
