"""Word templates with docxtpl's tags, one for each form of tag that it documents: nothing crashes, nothing is lost in silence."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from report import pipeline
from report.forms.answers.writer import AnswerWriter
from report.forms.fill import FactSource, FilledForm
from report.forms.word import text
from report.language.writer import Writer
from report.values import Severity
from report.workspace import Workspace
from tests.conftest import ROOT
from tests.forms import funder, support
from tests.forms.funder import line, p, table

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@pytest.fixture(scope="module")
def spoc(tmp_path_factory: pytest.TempPathFactory) -> FactSource:
    checked = pipeline.check(Workspace.at(ROOT), "spoc", templates=False)
    folder = tmp_path_factory.mktemp("pictures")
    Image.new("RGB", (40, 20), "#0f3d4c").save(folder / "logo.png")
    return FactSource(checked.dossier, folder, "en")


def rendered(content: bytes, telling: FactSource, folder: Path, fields: list[dict] | None = None) -> FilledForm:
    form = folder / "template.docx"
    form.write_bytes(content)
    return support.filled(form, fields or [{"address": "tag:organisation.name", "fact": "organisation.name"}], telling)


def said(made: FilledForm, part: str = "word/document.xml") -> str:
    assert made.content is not None, made.problems
    return "\n".join(text.of(p) for p in support.document(made.content, part).iter(text.P))


NAME = p("{{ organisation.name }}")
BODIES = {
    "variable": (NAME, ["Association SPOC"]),
    "split runs": (line("{{ organisation", ".name ", "}}"), ["Association SPOC"]),
    "filter": (p("{{ organisation.name|upper }}"), ["ASSOCIATION SPOC"]),
    "paragraph loop": (NAME + p("{%p for view in affiliations %}") + p("- {{ view.network.name }}") + p("{%p endfor %}"), ["- National Network for Children", "- UNITED for Intercultural Action"]),
    "condition": (NAME + p("{%p if organisation.mission %}") + p("We have one") + p("{%p else %}") + p("No mission is stated") + p("{%p endif %}"), ["No mission is stated"]),
    "row": (NAME + table(("Network", "Tie"), ("{%tr for view in affiliations %}", ""), ("{{ view.network.name }}", "{{ view.affiliation.kind }}"), ("{%tr endfor %}", "")), ["National Network for Children", "representative"]),
    "cell": (NAME + table(("{%tc for view in affiliations %}", "{{ view.network.id }}", "{%tc endfor %}")), ["nnc", "united", "ecsa", "naso"]),
    "merged cells across": (NAME + table(("{% colspan 2 %}{{ organisation.name }}", ""), ("a", "b")), ["Association SPOC"]),
    "merged cells down": (NAME + table(("{%tr for view in affiliations %}", ""), ("{% vm %}All networks", "{{ view.network.id }}"), ("{%tr endfor %}", "")), ["nnc", "naso"]),
    "cell colour": (NAME + table(("{% cellbg 'ffcc00' %}{{ organisation.name }}", "b")), ["Association SPOC"]),
    "rich text": (NAME + p("{{r rich(organisation.name, bold=True) }}"), ["Association SPOC"]),
    "run condition": (NAME + line("We are ", "{%r if organisation.name %}", "named", "{%r endif %}", "."), ["We are named."]),
    "escaped delimiters": (NAME + p("{_{ literally }_}"), ["{{ literally }}"]),
    "comment": (NAME + p("before{# nobody reads this #}after"), ["beforeafter"]),
    "spaces are eaten": (NAME + p("A house") + p("{%- if true -%}") + p(" in town") + p("{%- endif -%}") + p(" and more"), ["A house in town and more"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_each_form_of_tag_renders(name: str, spoc: FactSource, tmp_path: Path) -> None:
    body, expected = BODIES[name]
    made = rendered(funder.package(body), spoc, tmp_path)
    found = said(made)
    assert all(word in found for word in expected), found
    assert "{%" not in found and ("{{" not in found or name == "escaped delimiters")


def form_with_parts() -> bytes:
    spaces, head = funder.SPACES, funder.HEAD
    parts = {
        "word/header1.xml": f"{head}<w:hdr {spaces}>{p('Head {{ organisation.acronym }}')}</w:hdr>",
        "word/footer1.xml": f"{head}<w:ftr {spaces}>{p('Foot {{ organisation.country }}')}</w:ftr>",
        "word/footnotes.xml": f'{head}<w:footnotes {spaces}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="1">{p("Note {{ organisation.name }}")}</w:footnote></w:footnotes>',
        "docProps/core.xml": f'{head}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{{{ organisation.name }}}} &amp; partners</dc:title></cp:coreProperties>',
    }  # fmt: skip
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{kind}{number}.xml"/>'
        for n, (kind, number) in enumerate((("header", 1), ("footer", 1), ("footnotes", "")), 20)
    )
    types = "".join(
        f'<Override PartName="/word/{kind}{number}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for kind, number in (("header", 1), ("footer", 1), ("footnotes", ""))
    )
    types += '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    note = '<w:p><w:r><w:t>Body {{ organisation.name }}</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    made = funder.package(note, parts, relations=relations, types=types)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        document, rels = archive.read("word/document.xml").decode(), archive.read("_rels/.rels").decode()
    placed = document.replace(
        "<w:sectPr>",
        '<w:sectPr><w:headerReference w:type="default" r:id="rId20"/><w:footerReference w:type="default" r:id="rId21"/>',
    )
    core = '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
    return funder.replaced(made, {"word/document.xml": placed, "_rels/.rels": rels.replace("</Relationships>", core)})


def test_header_footer_footnote_and_properties(spoc: FactSource, tmp_path: Path) -> None:
    made = rendered(form_with_parts(), spoc, tmp_path)
    assert "Head SPOC" in said(made, "word/header1.xml") and "Foot BG" in said(made, "word/footer1.xml")
    assert "Note Association SPOC" in said(made, "word/footnotes.xml")
    title = next(e for e in support.document(made.content, "docProps/core.xml") if e.tag.endswith("title"))
    assert title.text == "Association SPOC & partners"


def test_a_picture_has_its_alternative_text(spoc: FactSource, tmp_path: Path) -> None:
    made = rendered(
        funder.package(NAME + p("{{ picture('logo.png', 'A bridge &amp; a lantern', 30) }}")), spoc, tmp_path
    )
    (properties,) = [e for e in support.document(made.content).iter() if e.tag.endswith("}docPr")]
    assert properties.get("descr") == "A bridge & a lantern"


def test_values_are_escaped_and_whole(spoc: FactSource, tmp_path: Path) -> None:
    odd = "T & <b>1</b> {{ x }} ]]> שלום\nsecond\ttab"
    fields = [{"address": "tag:odd", "value": odd}]
    made = rendered(funder.package(p("{{ odd }}")), spoc, tmp_path, fields)
    assert said(made) == odd


def test_parts_that_say_the_same_keep_their_bytes(spoc: FactSource, tmp_path: Path) -> None:
    content = funder.package(NAME)
    made = rendered(content, spoc, tmp_path)
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(io.BytesIO(made.content)) as after:
        assert after.read("word/styles.xml") == before.read("word/styles.xml")


def test_braces_in_an_answer_are_no_tags(spoc: FactSource, tmp_path: Path) -> None:
    control = funder.answer_control("Note", "<w:r><w:t>?</w:t></w:r>")
    odd = "{{ 7 * 7 }} and {% raw %}"
    fields = [
        {"address": "tag:organisation.name", "fact": "organisation.name"},
        {"address": "control:Note", "value": odd},
    ]
    made = rendered(
        funder.package(NAME + line("", control) + table(("Name", ""))),
        spoc,
        tmp_path,
        [*fields, {"address": "cell:1.1.2", "value": odd}],
    )
    assert said(made).count(odd) == 2
    made = rendered(funder.package(NAME + line("", control)), spoc, tmp_path, [{**fields[1], "value": "{# x #}"}])
    assert made.content is None and any("comment" in problem.message for problem in made.problems)


def test_days_are_written_and_what_is_not_known_is_a_dash(spoc: FactSource, tmp_path: Path) -> None:
    made = rendered(funder.package(NAME + p("{{ organisation.founded }}")), spoc, tmp_path)
    assert said(made).endswith("–")
    teller = AnswerWriter(Writer("bg"))
    assert teller.printed(datetime.date(2026, 9, 30)) == Writer("bg").date(datetime.date(2026, 9, 30))
    assert teller.printed(Decimal("1234.50")) == Writer("bg").number(Decimal("1234.50")) and teller.printed(3) == 3


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (p("{{ organisation.nmae }}"), "nmae"),
        (p("one") + p("{%p for view in affiliations %}") + p("x"), "¶3"),
        (p("{{ organisation.name"), "¶2"),
        (p("{% endfor %}"), "¶2"),
        (p("{{ organisation.name|nosuch }}"), "nosuch"),
        (p("{{ organisation.model_dump() }}"), "model_dump"),
        (p("{{ ''.__class__ }}"), "__class__"),
        (p("{{ picture('../secret.png', 'x') }}"), "secret.png"),
        (p("{{ unknown_name }}"), "unknown_name"),
        (p("{{ 9 ** 99999999 }}"), "more than a document needs"),
        (p("{{ 'x' * 1000000000 }}"), "more than a document needs"),
        (p("{% for i in range(90000) %}{% for j in range(90000) %}x{% endfor %}{% endfor %}"), "run more than"),
        (p("A{%- if true -%} B"), "would be lost"),
        (p("Text beside {%p if true %}") + p("x") + p("{%p endif %}"), "DTL209"),
    ],
)
def test_a_fault_is_located_and_nothing_is_written(body: str, word: str, spoc: FactSource, tmp_path: Path) -> None:
    made = rendered(funder.package(NAME + body), spoc, tmp_path)
    assert made.content is None
    found = [f"{p.message} {p.hint}" for p in made.problems if p.severity is Severity.ERROR]
    assert found and any(word in f for f in found), found


def test_a_tag_where_nothing_renders_it_is_an_error(spoc: FactSource, tmp_path: Path) -> None:
    parts = {"word/endnotes.xml": f'{funder.HEAD}<w:endnotes {funder.SPACES}><w:endnote w:id="1">{p("{{ organisation.name }}")}</w:endnote></w:endnotes>'}  # fmt: skip
    types = f'<Override PartName="/word/endnotes.xml" ContentType="{_WORD}.endnotes+xml"/>'
    relations = f'<Relationship Id="rId30" Type="{_OFFICE}/endnotes" Target="endnotes.xml"/>'
    made = rendered(funder.package(NAME, parts, relations=relations, types=types), spoc, tmp_path)
    assert made.content is None and any("endnotes" in problem.message for problem in made.problems)
