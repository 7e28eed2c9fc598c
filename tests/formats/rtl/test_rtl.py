"""Documents that run from right to left, in every format: an invented association in Hebrew and Arabic (`data/`)."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from report import pipeline
from report.formats import css, docx, html, pdf, right_to_left, xlsx
from report.formats.docx.formatting.direction import parts
from report.language import direction
from report.values import Document, Problem, ReportError
from report.workspace import Workspace
from tests.judges import docx_audit, docx_sdk, docx_structure, pdf_fast, pdf_reference
from tests.parity import from_docx, from_html
from tests.parity.content import first_difference

DATA = Path(__file__).parent / "data"
ORGANISATION = "olive-terrace"
PHONE = "+357 22 555 014"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def terrace(tmp_path: Path) -> Workspace:
    shutil.copytree(DATA, tmp_path / "data")
    return Workspace.at(tmp_path)


def compose(workspace: Workspace, document: str, language: str) -> Document:
    dossier = pipeline.check(workspace, ORGANISATION, templates=False).dossier
    (job,) = pipeline.jobs(dossier, (document,), (language,), ("html",))
    return pipeline.prepare(workspace, job)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], tuple[Document, Path]]:
    """The documents, each composed once, with a PDF and a Word file beside it."""
    root = tmp_path_factory.mktemp("terrace")
    shutil.copytree(DATA, root / "data")
    workspace, known = Workspace.at(root), {}

    def make(name: str, language: str) -> tuple[Document, Path]:
        if (name, language) not in known:
            document = compose(workspace, name, language)
            path = root / f"{name}-{language}"
            anchors = pdf.write(document, path.with_suffix(".pdf")).anchors
            docx.write(document, path.with_suffix(".docx"), anchors)
            known[name, language] = document, path
        return known[name, language]

    return make


def page_of(document: Document, path: Path) -> str:
    return html.write(document, path.with_suffix(".html")).path.read_text("utf-8")


def body(path: Path, part: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(path.with_suffix(".docx")) as file:
        return etree.fromstring(file.read(part))


def words(path: Path) -> list[dict]:
    """Return the words of the PDF's pages as they stand, with their places."""
    with pdfplumber.open(path.with_suffix(".pdf")) as file:
        return [
            {**w, "page": page.page_number, "room": page.width} for page in file.pages for w in page.extract_words()
        ]


def place(path: Path, word: str) -> dict:
    """Return where a word stands; letters that run from right to left are found in the order of their places."""
    turned = word[::-1] if re.search(r"[\u0590-\u07ff]", word) else word
    return next(w for w in words(path) if turned in w["text"])


def spoken(path: Path) -> list[str]:
    """Return what the structure tree says, in its order, where it says more than the page has."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if "/ActualText" in node:
                found.append(str(node.ActualText))
            elif "/K" in node:
                walk(node.K)

    with pikepdf.open(path.with_suffix(".pdf")) as file:
        walk(file.Root.StructTreeRoot.K)
    return found


@pytest.mark.parametrize(
    ("language", "way"),
    [("he", "rtl"), ("ar", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("yi", "rtl"), ("az-Arab", "rtl"), ("ckb", "rtl"), ("iw", "rtl"),
     ("en", "ltr"), ("bg", "ltr"), ("az", "ltr"), ("ku", "ltr"), ("zh-Hant", "ltr"), ("xx", "ltr")],
)  # fmt: skip
def test_a_language_runs_as_its_script_does(language: str, way: str) -> None:
    assert direction.of(language) == way


@pytest.mark.quick("ar")
@pytest.mark.parametrize("language", ["he", "ar"])
def test_the_document_says_its_direction_and_that_of_its_passages(made: Callable, language: str) -> None:
    document, path = made("annex", language)
    assert f'<html lang="{language}" dir="rtl">' in document.html
    assert f'<bdi dir="ltr">{PHONE}</bdi>' not in document.html, "the annex prints the short text"
    assert '<span lang="en" dir="ltr">Shared Shelves</span>' in document.html
    assert re.search(r'<a href="https://olive-terrace[^"]*" dir="ltr">', document.html)
    assert '<bdi dir="ltr">58-012-345-6</bdi>' in document.html
    page = page_of(document, path)
    assert f'<html lang="{language}" dir="rtl">' in page and "padding-inline-start" in page
    assert not re.search(r"(?<!page-)(padding|margin|border)-(left|right)\b|text-align:\s*(left|right)", page)


@pytest.mark.quick("he")
@pytest.mark.parametrize("language", ["he", "ar"])
def test_numbers_in_groups_and_addresses_are_never_turned(made: Callable, language: str) -> None:
    document, _ = made("annual-report", language)
    assert f'<bdi dir="ltr">{PHONE}</bdi>' in document.html
    assert '<bdi dir="ltr">office@olive-terrace.example.org</bdi>' in document.html
    assert "<bdi" not in "".join(re.findall(r"85,000.{0,9}", document.html)), (
        "an amount has no groups that change places"
    )


def test_the_page_is_mirrored(made: Callable) -> None:
    _, path = made("annex", "he")
    last = place(path, "מקור")
    heads = [w for w in words(path) if w["page"] == last["page"] and abs(w["top"] - last["top"]) < 2]
    assert max(heads, key=lambda w: w["x0"])["text"] == "רשת"[::-1], "the first column stands on the right"
    assert min(heads, key=lambda w: w["x0"])["text"] == last["text"], "the last one on the left"
    term, told = place(path, "הבקשה"), place(path, "הזיתים)")
    assert told["x1"] < place(path, "אתר")["x0"], "what is said of a term stands to its left"
    assert term["x1"] > term["room"] - 130
    running = [w for w in words(path) if w["top"] < 65 and w["page"] == 1]
    assert min(w["x0"] for w in running) > running[0]["room"] / 2, "the running head stands on the right"
    foot = [w for w in words(path) if w["top"] > 780 and w["page"] == 1]
    assert max(w["x1"] for w in foot) < foot[0]["room"] / 2 + 20 and min(w["x0"] for w in foot) < 75
    with pikepdf.open(path.with_suffix(".pdf")) as file:
        assert file.Root.ViewerPreferences.Direction == "/R2L"


@pytest.mark.parametrize(("language", "order"), [
    ("he", ["נספח לבקשת מענק", "חברויות ומטרות משותפות", "מגיש הבקשה", "רשת", "סוג הקשר", "תפקיד"]),
    ("ar", ["ملحق لطلب منحة", "العضويات والأهداف المشتركة", "مقدّم الطلب", "الشبكة", "نوع الصلة", "الدور"]),
])  # fmt: skip
def test_the_structure_tree_is_read_in_order(made: Callable, language: str, order: list[str]) -> None:
    _, path = made("annex", language)
    said = spoken(path)
    places = [said.index(text) for text in order]
    assert places == sorted(places)
    assert not pdf_fast.findings(path.with_suffix(".pdf"))


def test_numbers_stand_at_the_end_of_their_column(made: Callable) -> None:
    _, path = made("annual-report", "he")
    amounts = [w for w in words(path) if w["text"] in ("48,000.00", "37,250.50", "85,250.50")]
    assert len(amounts) >= 3 and max(w["x0"] for w in amounts[:3]) - min(w["x0"] for w in amounts[:3]) < 1
    assert amounts[0]["x1"] < amounts[0]["room"] / 2


@pytest.mark.quick("ar")
@pytest.mark.parametrize(("language", "word"), [("he", "ספריות"), ("ar", "مكتبات")])
def test_words_in_drawings_are_shaped(made: Callable, language: str, word: str) -> None:
    document, path = made("annual-report", language)
    assert any("chart:" in source for source in document.drawings)
    with pdfplumber.open(path.with_suffix(".pdf")) as file:
        lines = [c for page in file.pages for c in page.chars if c["size"] < 9.5]
    rows: dict[tuple[int, float], list[dict]] = {}
    for c in lines:
        rows.setdefault((c["page_number"], round(c["top"])), []).append(c)
    texts = ["".join(c["text"] for c in sorted(row, key=lambda c: c["x0"])) for row in rows.values()]
    assert any(word[::-1] in text for text in texts) and not any(word in text for text in texts), (
        "no word stands the wrong way round"
    )


@pytest.mark.fonts
def test_letters_of_arabic_are_joined_on_the_page(made: Callable) -> None:
    document, path = made("annex", "ar")
    page = page_of(document, path)
    import base64

    found = re.findall(r'font-family:"IBM Plex Sans Arabic";src:url\("data:font/woff2;base64,([^"]+)"', page)
    font = TTFont(io.BytesIO(base64.b64decode(found[0])))
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina", "rlig"} <= features
    assert "letter-spacing: normal !important" in page


def test_fonts_of_a_script_are_there_where_it_is(made: Callable) -> None:
    families = {
        language: {face.family for face in made("annex", language)[0].look.fonts} for language in ("he", "ar", "en")
    }
    assert "IBM Plex Sans Hebrew" in families["he"] and "IBM Plex Sans Arabic" not in families["he"]
    assert "IBM Plex Sans Arabic" in families["ar"] and "IBM Plex Sans Hebrew" not in families["ar"]
    assert families["en"] == {"IBM Plex Sans", "IBM Plex Serif", "IBM Plex Math"}


def test_a_document_that_runs_from_left_to_right_is_as_it_was(made: Callable) -> None:
    document, path = made("annex", "en")
    assert " dir=" not in document.html and css.directed("a{margin-left:1px}", document.tree) == "a{margin-left:1px}"
    with zipfile.ZipFile(path.with_suffix(".docx")) as file:
        parts_ = [file.read(name) for name in file.namelist() if name.endswith(".xml")]
    assert not any(mark in part for part in parts_ for mark in (b"w:bidi/", b"w:rtl", b"w:bidiVisual", b"w:dir"))
    with pikepdf.open(path.with_suffix(".pdf")) as file:
        assert "/Direction" not in file.Root.ViewerPreferences and not spoken(path)


@pytest.mark.quick("he")
@pytest.mark.parametrize("language", ["he", "ar"])
def test_word_runs_from_right_to_left(made: Callable, language: str) -> None:
    _, path = made("annual-report", language)
    tree = body(path)
    for paragraph in tree.iter(f"{W}p"):
        said = paragraph.find(f"{W}pPr/{W}bidi")
        drawn = paragraph.find(f".//{W}drawing") is not None and not "".join(paragraph.itertext(f"{W}t")).strip()
        assert said is not None and (said.get(f"{W}val") == "0") is drawn, "".join(paragraph.itertext())
    tables = list(tree.iter(f"{W}tblPr"))
    assert tables and all(table.find(f"{W}bidiVisual") is not None for table in tables)
    assert all(section.find(f"{W}bidi") is not None for section in tree.iter(f"{W}sectPr"))
    family = {"he": "IBM Plex Sans Hebrew", "ar": "IBM Plex Sans Arabic"}[language]
    for run in tree.iter(f"{W}r"):
        text = "".join(run.itertext(f"{W}t"))
        turned = any(re.match(r"[\u0590-\u07ff]", c) for c in text)
        properties = run.find(f"{W}rPr")
        assert not turned or properties.find(f"{W}rtl") is not None
        assert not turned or properties.find(f"{W}rFonts").get(f"{W}cs") == family
        assert not re.search("[A-Za-z]", text) or properties is None or properties.find(f"{W}rtl") is None, text
    phone = next(e for e in tree.iter(f"{W}dir") if PHONE in "".join(e.itertext()))
    assert phone.get(f"{W}val") == "ltr"
    assert body(path, "word/styles.xml").find(f".//{W}docDefaults//{W}lang").get(f"{W}bidi").startswith(language)
    assert body(path, "word/settings.xml").find(f"{W}themeFontLang").get(f"{W}bidi").startswith(language)
    page = tree.find(f".//{W}pgMar")
    left, right = (int(page.get(f"{W}{side}")) for side in ("left", "right"))
    assert left < right, "the wider margin stands where lines begin"
    assert not docx_structure.findings(path.with_suffix(".docx")) and not docx_audit.findings(path.with_suffix(".docx"))


@pytest.mark.parametrize(("name", "language"), [("annex", "he"), ("annex", "ar"), ("annual-report", "he")])
def test_word_says_what_the_page_says(made: Callable, name: str, language: str) -> None:
    document, path = made(name, language)
    page, word = from_html.read(document.html), from_docx.read(path.with_suffix(".docx"))
    assert page.words == word.words, first_difference(page.words, word.words)
    assert page.headings == word.headings and len(page.tables) == len(word.tables)


def test_a_box_has_its_line_where_it_begins(made: Callable) -> None:
    _, path = made("annual-report", "he")
    lines = [p for p in body(path).iter(f"{W}pBdr") if p.find(f"{W}right") is not None and p.find(f"{W}left") is None]
    assert lines, "the line of the aims stands on the right"


@pytest.mark.slow
def test_a_passage_of_another_direction_in_a_document(terrace: Workspace, tmp_path: Path) -> None:
    path = terrace.data / ORGANISATION / "organisation.yaml"
    text = path.read_text("utf-8")
    text = re.sub(r"\n    en: \|-\n(?:      .*\n|\n)+?(?=mission)", "\n", text)
    path.write_text(
        text.replace(
            "legal_form: {he: עמותה רשומה, ar: جمعية مسجّلة, en: registered association}",
            "legal_form: {original: ar, ar: جمعية مسجّلة}",
        ),
        "utf-8",
    )
    documents = terrace.data / ORGANISATION / "documents.yaml"
    documents.write_text(
        documents.read_text("utf-8").replace(
            "languages: [he, ar]\n    fallback: en", "languages: [en]\n    fallback: he"
        ),
        "utf-8",
    )
    document = compose(terrace, "annual-report", "en")
    assert '<html lang="en">' in document.html and '<div lang="he" dir="rtl">' in document.html
    assert '<span lang="ar" dir="rtl">جمعية مسجّلة</span>' in document.html
    made = tmp_path / "report"
    pdf.write(document, made.with_suffix(".pdf"))
    docx.write(document, made.with_suffix(".docx"))
    tree = body(made)
    turned = [p for p in tree.iter(f"{W}p") if p.find(f"{W}pPr/{W}bidi") is not None]
    assert 4 <= len(turned) < len(list(tree.iter(f"{W}p"))) / 2
    assert all(re.search(r"[\u0590-\u07ff]", "".join(p.itertext())) for p in turned)
    begins = place(made, "העמותה")
    assert begins["x1"] > begins["room"] - 80, "the passage begins on the right"
    assert not docx_structure.findings(made.with_suffix(".docx")) and not pdf_fast.findings(made.with_suffix(".pdf"))


@pytest.mark.parametrize("kind", ["brochure-trifold", "brochure-booklet", "network-poster"])
def test_a_sheet_for_the_print_shop_is_refused(terrace: Workspace, kind: str) -> None:
    documents = terrace.data / ORGANISATION / "documents.yaml"
    documents.write_text(
        f"documents:\n  - id: sheet\n    kind: {kind}\n    title: {{en: Us, he: אנחנו}}\n    languages: [en, he]\n    date: 2026-02-16\n",
        "utf-8",
    )
    checked = pipeline.check(terrace, ORGANISATION, templates=False)
    (problem,) = [p for p in checked.errors if p.code == "document.direction"]
    assert problem.location.line == 5 and "Hebrew" in problem.message and "remove he" in problem.hint
    assert checked.stops("sheet", "he") and not any(p.code == "document.direction" for p in checked.of("sheet", "en"))


def test_written_out_addresses_and_sheets_run_as_they_should(terrace: Workspace, tmp_path: Path) -> None:
    dossier = pipeline.check(terrace, ORGANISATION, templates=False).dossier
    (job,) = pipeline.jobs(dossier, ("annex",), ("ar",), ("html",), ("print",))
    document = pipeline.prepare(terrace, job)
    assert re.search(
        r'<bdi dir="ltr">https://terraces\.example\.org/members\?page=3</bdi>|dir="ltr">https://terraces', document.html
    )
    made = xlsx.write(document, tmp_path / "annex.xlsx").path
    with zipfile.ZipFile(made) as file:
        sheets = [file.read(name) for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) >= 3 and all(b'rightToLeft="1"' in sheet for sheet in sheets)


def test_a_letter_that_no_font_has_is_told(terrace: Workspace) -> None:
    path = terrace.data / ORGANISATION / "organisation.yaml"
    path.write_text(path.read_text("utf-8").replace("עמותת טרסת הזיתים", "עמותת טרסת ת\u0e01"), "utf-8")

    def told() -> list[Problem]:
        return [p for p in pipeline.check(terrace, ORGANISATION).errors if p.code == "glyph.missing"]

    (problem,) = told()
    assert "U+0E01" in problem.message and problem.location.path == path
    with pytest.raises(ReportError):
        compose(terrace, "annex", "he")


@pytest.mark.parametrize(("style", "turned"), [
    ("p{margin:1px 2px 3px 4px}", "p {margin-block:1px 3px;margin-inline:4px 2px}"),
    ("p{padding:1px 2px}", "p {padding-block:1px 1px;padding-inline:2px 2px}"),
    ("p{border-left:2pt solid red}", "p {border-inline-start:2pt solid red}"),
    ("p{border-right-width:2pt!important}", "p {border-inline-end-width:2pt !important}"),
    ("p{text-align:right;float:left;left:0}", "p {text-align:end;float:inline-start;inset-inline-start:0}"),
    ("p{border-top-left-radius:1px}", "p {border-start-start-radius:1px}"),
    ("@page{margin:1px 2px 3px 4px;@top-left{text-align:left}}", "@page{margin:1px 4px 3px 2px;@top-right{text-align:right}}"),
    ("@media screen{p{margin-left:1px}}", "@media screen{p {margin-inline-start:1px}}"),
    ("p{--left:1px;color:red}", "p {--left:1px;color:red}"),
])  # fmt: skip
def test_style_sheets_change_sides(style: str, turned: str) -> None:
    made = right_to_left.both_directions(style, True).removesuffix(right_to_left.RULES)
    assert made.replace(" {", "{").replace("screen{", "screen{") == turned.replace(" {", "{")
    if style.startswith("@page"):
        assert right_to_left.both_directions(style, False).removesuffix(right_to_left.RULES) == style


@pytest.mark.parametrize(("text", "rtl", "found"), [
    ("שלום ABC 14, עולם", True, [("שלום ", True), ("ABC 14", False), (", עולם", True)]),
    ("The word שלום עולם is", False, [("The word ", False), ("שלום עולם", True), (" is", False)]),
    ("مرحبا (ISBN) 12", True, [("مرحبا (", True), ("ISBN", False), (") ", True), ("12", False)]),
    ("ראו Foo (Bar) שם", True, [("ראו ", True), ("Foo (Bar)", False), (" שם", True)]),
    ("2025", True, [("2025", True)]),
])  # fmt: skip
def test_text_is_divided_by_its_direction(text: str, rtl: bool, found: list[tuple[str, bool]]) -> None:
    assert parts(text, rtl) == found


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), [("annex", "he"), ("annex", "ar"), ("annual-report", "ar")])
def test_the_reference_judges_find_nothing(made: Callable, name: str, language: str) -> None:
    _, path = made(name, language)
    assert not pdf_reference.findings(path.with_suffix(".pdf"))
    assert not docx_sdk.findings(path.with_suffix(".docx"))
