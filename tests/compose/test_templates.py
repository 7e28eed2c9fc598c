"""Templates: their mistakes are located in them, and what they write is checked before any format sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordFile
from PIL import Image

from report import pipeline
from report.language import labels
from report.values import Document, Problem, ReportError, Severity
from report.workspace import Workspace

SECTION = "templates/annual-report/sections/about.html.j2"


def compose(workspace: Workspace, body: str, language: str = "en") -> Document:
    """Compose SPOC's report with a section of the user's own in place of "about"."""
    own = workspace.root / SECTION
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(body, "utf-8")
    checked = pipeline.check(workspace, "spoc", templates=False)
    assert checked.dossier, checked.errors
    (job,) = pipeline.jobs(checked.dossier, (), (language,), ("html",))
    return pipeline.prepare(workspace, job)


def faults(workspace: Workspace, body: str, language: str = "en") -> list[Problem]:
    with pytest.raises(ReportError) as caught:
        compose(workspace, body, language)
    return list(caught.value.problems)


def test_a_workspace_template_shadows_the_bundled_one(workspace: Workspace) -> None:
    assert "<p>Our own words</p>" in compose(workspace, "<h1>Us</h1><p>Our own words</p>").html


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("{{ organisatoin.name|text }}", "template.undefined", "organisation"),
        ("{{ organisation.nam|text }}", "template.undefined", "did you mean 'name'"),
        ("{% if organisation %}", "template.syntax", ""),
        ("{{ organisation.name|txt }}", "template.syntax", "txt"),
        ("{{ 1 / 0 }}", "template.value", "ZeroDivision"),
        ("{{ ''.__class__.__mro__ }}", "template.forbidden", "cannot use"),
        ("{{ organisation.parse_raw('x', proto='pickle', allow_pickle=True) }}", "template.forbidden", "cannot use"),
        ("{{ organisation.name.validate('x', 'en') }}", "template.forbidden", "cannot use"),
        ("{% include 'nowhere.j2' %}", "template.missing", "nowhere.j2"),
    ],
)
def test_a_slip_is_located_in_the_template(workspace: Workspace, line: str, code: str, word: str) -> None:
    (problem,) = faults(workspace, f"<h1>Us</h1>\n<p>first</p>\n{line}\n")
    assert problem.code == code and word in f"{problem.message} {problem.hint}"
    assert problem.location.path == workspace.root / SECTION
    assert problem.location.line == 3


@pytest.mark.quick(
    "html.element",
    "image.missing",
    "html.heading",
    "html.link",
    "html.id",
    "image.alt",
    "image.outside",
    "image.kind",
    "html.style",
    "glyph.missing",
    "nota",
)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<h1>Us</h1><h3>Skipped</h3><p>x</p>", "html.heading"),
        ("<h1>Us</h1><p><a href='#nowhere'>there</a></p>", "html.link"),
        ("<h1>Us</h1><p><a href='javascript:alert(1)'>there</a></p>", "html.link"),
        ("<h1>Us</h1><video></video>", "html.element"),
        ("<h1 id='a'>Us</h1><p id='a'>again</p>", "html.id"),
        ("<h1>Us</h1><aside role='nota'>x</aside>", "html.attribute"),
        ("<h1>Us</h1><p onclick='x()'>x</p>", "html.attribute"),
        ("<h1>Us</h1><table><tbody><tr><td data-value='1,200'>1,200</td></tr></tbody></table>", "html.attribute"),
        ("<h1>Us</h1><table><tbody><tr><td data-formula='AVG'>1</td></tr></tbody></table>", "html.attribute"),
        ("<h1>Us</h1><p><a>nowhere</a></p>", "html.link"),
        (f"<h1>Us</h1><table><tr>{'<td>x</td>' * 64}</tr></table>", "html.span"),
        ("<h1>Us</h1><img src='loop.png' alt='x'>", "image.missing"),
        ("<h1>Us</h1><p style='color:red'>red</p>", "html.style"),
        ("<h1>Us</h1><p>協会</p>", "glyph.missing"),
        ("<h1>Us</h1><img src='there.png'>", "image.alt"),
        ("<h1>Us</h1><img src='nowhere.png' alt='x'>", "image.missing"),
        ("<h1>Us</h1><img src='../../../../etc/passwd' alt='x'>", "image.outside"),
        ("<h1>Us</h1><img src='/etc/passwd' alt='x'>", "image.outside"),
        ("<h1>Us</h1><img src='https://example.org/x.png' alt='x'>", "image.url"),
        ("<h1>Us</h1><img src='there.svg' alt='x'>", "image.kind"),
        ("<h1>Us</h1><img src='broken.png' alt='x'>", "image.broken"),
    ],
)
def test_what_a_template_writes_is_checked(workspace: Workspace, body: str, code: str) -> None:
    (workspace.data / "spoc" / "loop.png").symlink_to("loop.png")
    Image.new("RGB", (8, 8)).save(workspace.data / "spoc" / "there.png")
    (workspace.data / "spoc" / "there.svg").write_text("<svg/>")
    (workspace.data / "spoc" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    found = {p.code: p.location.path for p in faults(workspace, body)}
    assert code in found
    if code.startswith(("html.", "image.")):
        assert found[code] == workspace.root / SECTION


def test_all_mistakes_of_a_document_come_at_once(workspace: Workspace) -> None:
    found = faults(workspace, "<h1>Us</h1><h3>a</h3><a href='#x'>b</a><img src='y.png'><video></video>")
    assert {p.code for p in found} == {"html.heading", "html.link", "image.alt", "image.missing", "html.element"}


def test_an_english_label_never_slips_into_bulgarian(workspace: Workspace) -> None:
    (problem,) = faults(workspace, "<h1>{% trans %}Quite a new label{% endtrans %}</h1>", "bg")
    assert problem.code == "label.missing" and "Quite a new label" in problem.message


@pytest.mark.parametrize(
    ("catalogue", "code"),
    [
        ('msgid "Who we are"\nmsgstr "<b>Кои</b> сме"\n', "label.markup"),
        ("nothing of the kind\n", "label.catalogue"),
    ],
)
def test_a_bad_catalogue_is_one_problem(workspace: Workspace, catalogue: str, code: str) -> None:
    own = workspace.root / "templates/locale/bg.po"
    own.parent.mkdir(parents=True)
    own.write_text(catalogue, "utf-8")
    (problem,) = faults(workspace, "<h1>{% trans %}Who we are{% endtrans %}</h1>", "bg")
    assert problem.code == code and problem.location.path == own


def test_a_folder_in_place_of_a_catalogue(workspace: Workspace) -> None:
    (workspace.root / "templates/locale/bg.po").mkdir(parents=True)
    (problem,) = faults(workspace, "<h1>x</h1>", "bg")
    assert problem.code == "label.catalogue"


def test_facts_are_escaped(workspace: Workspace) -> None:
    path = workspace.data / "spoc" / "organisation.yaml"
    path.write_text(path.read_text().replace("en: association,", "en: 'a <b>bold</b> & {{ name }} ]]> form',"))
    html = compose(workspace, "<h1>Us</h1><p>{{ organisation.legal_form|text }}</p>").html
    assert "<p>a &lt;b&gt;bold&lt;/b&gt; &amp; {{ name }} ]]&gt; form</p>" in html


def test_sections_are_chosen_and_ordered(workspace: Workspace) -> None:
    path = workspace.data / "spoc" / "documents.yaml"
    path.write_text(path.read_text() + "    sections: [cover, timeline, matrix]\n")
    checked = pipeline.check(workspace, "spoc")
    (job, _) = pipeline.jobs(checked.dossier, (), (), ("html",))
    html = pipeline.prepare(workspace, job).html
    assert html.index('id="timeline"') < html.index("objectives-and-affiliations") and 'id="imprint"' not in html


def test_a_section_without_facts_is_left_out(workspace: Workspace) -> None:
    folder = workspace.data / "new"
    folder.mkdir()
    (folder / "organisation.yaml").write_text("name: The Lantern Society\ncountry: IE\nlanguages: [en]\n")
    (folder / "documents.yaml").write_text(
        "documents:\n  - {id: report, kind: annual-report, title: Report, languages: [en], date: 2026-01-31}\n"
    )
    checked = pipeline.check(workspace, "new")
    assert [p.code for p in checked.problems] == ["document.empty"]
    (job,) = pipeline.jobs(checked.dossier, (), (), ())
    html = pipeline.prepare(workspace, job).html
    for absent in ("our-networks", "objectives-and-affiliations", 'id="timeline"', "at-a-glance", 'id="sources"'):
        assert absent not in html
    assert [a.pages for a in pipeline.run(workspace, job).artifacts if a.format == "pdf"] == [2]


def test_a_picture_reaches_every_format(workspace: Workspace) -> None:
    Image.new("RGB", (60, 40), "#0f3d4c").save(workspace.data / "spoc" / "team.png")
    body = "<h1>Us</h1><figure><img src='team.png' alt='Our team' width='60'><figcaption>In the office</figcaption></figure>"
    document = compose(workspace, body)
    assert document.assets["team.png"] == workspace.data / "spoc" / "team.png"
    assert '<b class="caption-label">Figure 1.</b> In the office' in document.html


def test_a_theme_of_ones_own_shadows_the_house(workspace: Workspace) -> None:
    bundled = Path(__file__).resolve().parents[2] / "templates/themes/house/theme.yaml"
    own = workspace.root / "templates/themes/house/theme.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(bundled.read_text("utf-8").replace('colour-muted: "#566a70"', 'colour-muted: "#c0c8cc"'), "utf-8")
    found = [p for p in pipeline.check(workspace, "spoc").errors if p.code == "theme.colour"]
    assert found and "4.5:1" in found[0].message and found[0].location.path == own


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("size-h1: 26pt", "size-h1: 999pt", "144pt"),
        ("page-margin-top: 23mm", "page-margin-top: wide", "wide"),
        ('line-text: "1.42"', 'line-text: "15"', "15"),
    ],
)
def test_a_size_that_no_page_holds_is_refused(workspace: Workspace, old: str, new: str, word: str) -> None:
    found = [p for p in _with_theme(workspace, "house", old, new) if p.code == "theme.token"]
    assert [p.location.line for p in found] and word in found[0].message


def test_a_theme_says_only_what_differs_from_the_house(workspace: Workspace) -> None:
    _name_theme(workspace, "mine", 'name: Mine\ntokens:\n  colour-accent: "#7a1f5c"\n')
    checked = pipeline.check(workspace, "spoc")
    assert checked.errors == ()
    (job,) = pipeline.jobs(checked.dossier, (), ("en",), ("html",))
    look = pipeline.prepare(workspace, job).look
    assert look.tokens["colour-accent"] == "#7a1f5c" and look.tokens["size-h1"] == "26pt" and look.cover


@pytest.mark.parametrize(
    ("theme", "code", "word"),
    [
        ("tokens:\n  colour-muted: #566a70\n", "yaml.comment", 'write "'),
        ('tokens: {colour-accent: "#c0c8cc"}\n', "theme.colour", "4.5:1"),
        ("fonts: {text: {family: Sans, regular: fonts/ibm-plex/IBMPlexSans-Regular.ttf}}\n", "theme.font", "italic"),
        ("fonts: {display: {family: X, regular: fonts/none.ttf}}\n", "theme.font", "none.ttf"),
        ("token: {}\n", "data.unknown", "tokens"),
        ("letterhed:\n", "data.unknown", "letterhead"),
    ],
)
def test_a_slip_in_a_theme_is_located(workspace: Workspace, theme: str, code: str, word: str) -> None:
    path = _name_theme(workspace, "mine", f"name: Mine\n{theme}")
    found = [p for p in pipeline.check(workspace, "spoc").errors if p.code == code]
    assert found and word in f"{found[0].message} {found[0].hint}" and found[0].location.path == path


def test_a_token_that_nothing_uses_is_a_warning(workspace: Workspace) -> None:
    path = _name_theme(workspace, "mine", 'name: Mine\ntokens:\n  colour-acent: "#7a1f5c"\n  page-width: 200mm\n')
    (problem,) = [p for p in pipeline.check(workspace, "spoc").problems if p.severity is Severity.WARNING]
    assert (problem.code, problem.location.path, problem.location.line) == ("theme.token", path, 3)
    assert "'colour-accent'" in problem.hint
    (path.parent / "theme.css").write_text("h1 { color: var(--colour-acent) }\n")
    assert not [p for p in pipeline.check(workspace, "spoc").problems if p.severity is Severity.WARNING]


@pytest.mark.parametrize("colour", ['"#c0c8cc"', '"red"'])
def test_every_fault_of_a_colour_says_what_to_do(workspace: Workspace, colour: str) -> None:
    _name_theme(workspace, "mine", f"name: Mine\ntokens: {{colour-accent: {colour}}}\n")
    found = [p for p in pipeline.check(workspace, "spoc").errors if p.code == "theme.colour"]
    assert found and all(p.hint for p in found)


def _name_theme(workspace: Workspace, name: str, text: str) -> Path:
    documents = workspace.data / "spoc" / "documents.yaml"
    documents.write_text(documents.read_text("utf-8") + f"    theme: {name}\n", "utf-8")
    path = workspace.root / f"templates/themes/{name}/theme.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.quick("size0")
@pytest.mark.parametrize("size", [(1200, 200), (300, 900), (20, 10)])
def test_a_logo_fits_its_box_in_every_format(workspace: Workspace, size: tuple[int, int]) -> None:
    Image.new("RGB", size, "#0f3d4c").save(workspace.data / "spoc" / "logo.png")
    path = workspace.data / "spoc" / "organisation.yaml"
    path.write_text(path.read_text("utf-8") + "logo: {file: logo.png, alt: {en: Logo, bg: Лого}}\n", "utf-8")
    checked = pipeline.check(workspace, "spoc")
    (job,) = pipeline.jobs(checked.dossier, (), ("en",), ("docx",))
    (made,) = pipeline.run(workspace, job).artifacts
    shape = WordFile(str(made.path)).inline_shapes[0]
    pad = 2 * 3 * 36000
    assert shape.width <= 190 * 9525 + pad + 9525 and shape.height <= 100 * 9525 + pad + 9525
    assert abs((shape.width - pad) / (shape.height - pad) - size[0] / size[1]) < 0.1 * size[0] / size[1]


def _with_theme(workspace: Workspace, name: str, old: str, new: str) -> tuple[Problem, ...]:
    text = (Path(__file__).resolve().parents[2] / "templates/themes/house/theme.yaml").read_text("utf-8")
    assert old in text
    own = workspace.root / f"templates/themes/{name}/theme.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(text.replace(old, new), "utf-8")
    return pipeline.check(workspace, "spoc").errors


def test_a_slip_in_a_style_sheet_is_quoted(workspace: Workspace) -> None:
    own = workspace.root / "templates/themes/house/theme.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* mine */\n.lead { colr: red }\n", "utf-8")
    checked = pipeline.check(workspace, "spoc")
    (job,) = pipeline.jobs(checked.dossier, (), ("en",), ("pdf",))
    with pytest.raises(ReportError) as caught:
        pipeline.run(workspace, job)
    (problem,) = caught.value.problems
    assert "“.lead { colr: red }”" in problem.message and problem.location is not None
    assert not (workspace.output / "spoc").exists()


def test_a_logo_stands_on_the_cover_and_a_missing_one_is_located_in_the_facts(workspace: Workspace) -> None:
    path = workspace.data / "spoc" / "organisation.yaml"
    path.write_text(path.read_text() + "logo: {file: logo.png, alt: {en: A lantern, bg: Фенер}}\n")
    (problem,) = pipeline.check(workspace, "spoc").errors
    assert (problem.code, problem.location.path, problem.location.line) == (
        "image.missing",
        path,
        len(path.read_text().splitlines()),
    )
    Image.new("RGB", (90, 40), "#0f3d4c").save(workspace.data / "spoc" / "logo.png")
    checked = pipeline.check(workspace, "spoc")
    assert not checked.errors
    (job, _) = pipeline.jobs(checked.dossier, (), (), ("pdf", "docx"))
    assert (
        'alt="A lantern"' in pipeline.prepare(workspace, job).html and len(pipeline.run(workspace, job).artifacts) == 2
    )


def test_passages_are_written_without_their_marks(workspace: Workspace) -> None:
    path = workspace.data / "networks.yaml"
    old = "en: Bulgaria’s network of leading non-governmental organisations for children and family protection."
    path.write_text(path.read_text().replace(old, 'en: "First *said*.\\n\\n- one\\n- a < b"'))
    html = compose(workspace, "<h1>Us</h1>").html
    assert "<dd>First <em>said</em>. one; a &lt; b</dd>" in html


def test_many_affiliations_become_a_list_and_not_narrow_columns(workspace: Workspace) -> None:
    path = workspace.data / "spoc" / "affiliations.yaml"
    more = "".join(f"  - {{id: n{n}, network: net-{n}, kind: partner}}\n" for n in range(8))
    path.write_text(path.read_text() + more)
    networks = workspace.data / "networks.yaml"
    one = "\n  - {{id: net-{0}, name: {{original: en, en: Network {0}}}, scope: local}}"
    networks.write_text(
        networks.read_text("utf-8").replace("\nnetworks:", "\nnetworks:" + "".join(map(one.format, range(8)))), "utf-8"
    )
    html = compose(workspace, "<h1>Us</h1>").html
    assert 'class="matrix-list"' in html and 'class="matrix"><caption' not in html


def test_a_choice_of_sections_leaves_no_dangling_link(workspace: Workspace) -> None:
    path = workspace.data / "spoc" / "documents.yaml"
    path.write_text(path.read_text() + "    sections: [cover, about]\n")
    assert not pipeline.check(workspace, "spoc").errors


@pytest.mark.quick("colspan", "html.lang", "html.list", "template.value", "html.depth")
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{% include 'annual-report/sections/about.html.j2' %}", "template.value"),
        ("{{ 5|date }}", "template.value"),
        ("<h1>Us</h1><p><a href='http://['>x</a></p>", "html.link"),
        ("<h1>Us</h1><p lang='not a lang'>x</p>", "html.lang"),
        ("<h1>Us</h1><ul>text<li>a</li></ul>", "html.list"),
        ("<h1>Us</h1><table><tr><td colspan='100000'>a</td></tr></table>", "html.span"),
        ("<h1>Us</h1>" + "<div>" * 3000, "html.depth"),
    ],
)
def test_what_would_break_a_format_is_refused_before(workspace: Workspace, body: str, code: str) -> None:
    assert code in [p.code for p in faults(workspace, body)]


def test_comments_are_dropped(workspace: Workspace) -> None:
    assert "<p>before after</p>" in compose(workspace, "<h1>Us</h1><p>before <!-- no -->after</p>").html


def _with_passage(workspace: Workspace, text: str) -> str:
    path = workspace.data / "spoc" / "organisation.yaml"
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    about = f"vision:\n  bg: x\n  en: |\n{lines}"
    path.write_text(path.read_text("utf-8") + about, "utf-8")
    return compose(workspace, "<h1>Us</h1><p>{{ organisation.vision|text }}</p>{{ organisation.vision|rich }}").html


def test_a_number_at_the_beginning_of_a_line_is_kept(workspace: Workspace) -> None:
    html = _with_passage(workspace, "Made in\n2007. Renewed in\n2012. And later.\n\n- one\n- two")
    assert "<p>Made in\n2007. Renewed in\n2012. And later. one; two</p>" in html
    assert "<li>one</li>" in html and "<ol start" not in html and "<li>Renewed" not in html


@pytest.mark.parametrize(
    ("catalogue", "code"),
    [
        ('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n !== 1;\\n"\n', "label.catalogue"),
        ('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n%0;\\n"\n', "label.catalogue"),
        ('msgid "since %(date)s"\nmsgstr "от %(dat)s"\n', "label.placeholder"),
        ('msgid "Who we are"\nmsgstr "50 % от нас"\n', "label.placeholder"),
    ],
)
def test_a_translation_that_cannot_be_filled_in_is_located(workspace: Workspace, catalogue: str, code: str) -> None:
    own = workspace.root / "templates/locale/bg.po"
    own.parent.mkdir(parents=True)
    own.write_text(catalogue, "utf-8")
    (problem,) = faults(workspace, "<h1>{% trans %}Who we are{% endtrans %}</h1>", "bg")
    assert problem.code == code and problem.location.path == own


def test_plurals_follow_the_catalogue(workspace: Workspace) -> None:
    own = workspace.root / "templates/locale/pl.po"
    own.parent.mkdir(parents=True)
    rule = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    forms = "".join(f'msgstr[{n}] "{word}"\n' for n, word in enumerate(("sieć", "sieci", "sieci wiele")))
    own.write_text(
        f'msgid ""\nmsgstr "Plural-Forms: {rule}\\n"\n\nmsgid "network"\nmsgid_plural "networks"\n{forms}', "utf-8"
    )
    words = labels.load(workspace, "pl")
    assert [words.plural("network", "networks", n) for n in (1, 3, 5, 22)] == ["sieć", "sieci", "sieci wiele", "sieci"]
    assert not words.problems()


def test_a_house_of_ones_own_says_only_what_differs(workspace: Workspace) -> None:
    own = workspace.root / "templates/themes/house/theme.yaml"
    own.parent.mkdir(parents=True)
    own.write_text('name: Ours\ntokens: {colour-accent: "#7a1f5c"}\n', "utf-8")
    assert pipeline.check(workspace, "spoc").errors == ()
    own.write_text("name: Ours\ntokens: none\n", "utf-8")
    assert [p.location.path for p in pipeline.check(workspace, "spoc").errors] == [own]


@pytest.mark.quick("0", "3cm")
@pytest.mark.parametrize("width", ["-5", "nan", "3cm", "150%", "0"])
def test_a_width_that_formats_read_differently_is_refused(workspace: Workspace, width: str) -> None:
    Image.new("RGB", (8, 8)).save(workspace.data / "spoc" / "there.png")
    found = faults(workspace, f"<h1>Us</h1><p><img src='there.png' alt='x' width='{width}'></p>")
    assert [p.code for p in found] == ["html.attribute"]
