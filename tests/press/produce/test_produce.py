"""A page of everything that is laid out becomes inks alone, and looks as it did."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, Stream
from PIL import Image, ImageChops, ImageStat

from report.formats import charts
from report.looks import theme
from report.press.produce import produce
from report.profiles.load import Shop
from report.values import Chart, Series
from report.workspace import Workspace
from tests.press.produce import support

_SVG = """<svg width="30mm" height="8mm" viewBox="0 0 30 8"><defs>
<linearGradient id="a" gradientUnits="userSpaceOnUse" x1="0" x2="10"><stop offset="0" stop-color="#c2451e"/>
<stop offset=".5" stop-color="#00ff00"/><stop offset="1" stop-color="#f0b541" stop-opacity=".3"/></linearGradient>
<pattern id="p" width="2" height="2" patternUnits="userSpaceOnUse"><circle cx="1" cy="1" r=".7" fill="#c2451e"/></pattern>
</defs><rect width="10" height="8" fill="url(#a)"/><rect x="12" width="8" height="8" fill="url(#p)"/></svg>"""


@pytest.fixture(scope="module")
def chart(repository: Workspace) -> str:
    numbers = (Decimal(3), Decimal(5))
    made = Chart("c", "bar", "Income", "Income of two years", ("2025", "2026"), (Series("a", numbers, ("3", "5")),))
    return charts.svg(made, theme.look(repository, "house", "annual-report"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, chart: str) -> Path:
    photo = support.photograph()
    faded, flat = photo.copy(), photo.quantize(12)
    faded.putalpha(Image.linear_gradient("L").resize(photo.size))
    pictures = [
        support.uri(photo, "JPEG"), support.uri(faded), support.uri(flat), support.uri(photo), support.uri(photo.convert("L")),
        support.uri(photo.convert("1")), support.uri(photo.convert("CMYK"), "JPEG"),
    ]  # fmt: skip
    shown = "".join(f'<img src="{uri}">' for uri in pictures)
    body = f"""<h1>Heading Заглавие</h1><p>Body <a href="https://example.org">link</a> <i>tint</i></p><p class=w>White</p>
    <div class=g></div><div class=r></div><div class=o>half</div><div>{shown}</div>{_SVG}
    <section>{chart}</section>"""
    style = """h1 {color: #0f3d4c; font-size: 11pt; margin: 0} p {margin: 0} img {width: 8mm; image-rendering: crisp-edges}
    i {color: #777777} a {color: #00f} .w {background: #0f3d4c; color: #fff} div {height: 4mm}
    .g {background: linear-gradient(to right, #0f3d4c, rgba(255, 0, 0, .2))} .r {background: radial-gradient(#c2451e, #1f7178)}
    .o {background: #c2451e; opacity: .5} section {break-before: page; color: #000} svg {max-width: 60mm}"""
    return support.laid_out(tmp_path_factory.mktemp("laid-out") / "source.pdf", body, style)


@pytest.fixture(scope="module")
def made(source: Path, shop: Shop) -> Path:
    target = source.with_name("print.pdf")
    assert produce(source, target, shop, support.order()) == ()
    return target


def test_nothing_is_left_in_another_colour_space(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        masks = support.masks(pdf)
        assert masks  # the gradients that fade out
        for each in pdf.objects:
            found = set(support.names(each))
            assert not found & {"/DeviceRGB", "/CalRGB", "/CalGray", "/Lab", "/ICCBased", "/RGB"}, each
        for stream, _ in support.streams(pdf):
            used = {str(one.operator) for one in pikepdf.parse_content_stream(stream)}
            assert not used & {"rg", "RG", "sc", "SC", "BI", "BDC", "BMC", "EMC"}
            grey = bool(used & {"g", "G"})
            assert not grey or stream.objgen in masks


def test_colours_of_the_theme_have_their_inks_and_neutrals_are_black(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        fills = {shown.fill for page in pdf.pages for shown in support.shown(page.obj)}
    assert (0.7, 0.2, 0.0, 0.75) in fills and (0.0, 0.0, 0.0, 1.0) in fills and (0.0, 0.0, 0.0, 0.53) in fills
    assert (0.0, 0.0, 0.0, 0.0) in fills


def test_gradients_run_between_the_inks_of_their_ends(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        ends = [
            tuple(float(x) for x in told[key])
            for each in pdf.objects
            if not isinstance(each, Stream)
            for told in support.dictionaries(each)
            for key in ("/C0", "/C1")
            if key in told
        ]
    assert (0.7, 0.2, 0.0, 0.75) in ends and (0.0, 0.8, 0.85, 0.2) in ends
    assert {len(end) for end in ends} == {1, 4}  # grey in the masks


def test_black_text_alone_overprints(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        found = [shown for page in pdf.pages for shown in support.shown(page.obj)]
    black = {shown.over for shown in found if shown.fill == (0, 0, 0, 1) and not shown.clear}
    other = {shown.over for shown in found if shown.fill != (0, 0, 0, 1)}
    assert black == {True} and other == {False}


def test_overprinting_leaves_the_other_inks(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        states = [state for _, resources in support.streams(pdf) for state in resources.get("/ExtGState", {}).values()]
        found = {(bool(s.op), bool(s.OP), int(s.OPM)) for s in states if "/op" in s}
    assert found == {(True, True, 1), (False, False, 0)}


def test_ink_is_limited(source: Path, uncoated: Shop, made: Path, tmp_path: Path) -> None:
    with pikepdf.open(made) as pdf:
        assert 200 < support.most_ink(pdf) <= 300
    produce(source, tmp_path / "x.pdf", uncoated, support.order())
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert 200 < support.most_ink(pdf) <= 280


def test_text_is_still_there_in_its_order(source: Path, made: Path) -> None:
    assert support.text(made) == support.text(source)
    assert "Heading Заглавие" in support.text(made)[0]


def test_pages_look_as_they_did(source: Path, made: Path) -> None:
    for number in range(2):
        before, after = support.seen(source, number), support.seen(made, number)
        cut = round((support.BLEED - 3) * 72 / 25.4 * 2)
        before = before.crop((cut, cut, cut + after.width, cut + after.height))
        assert abs(before.width - after.width) <= 1
        assert ImageStat.Stat(ImageChops.difference(before, after)).mean[0] < 8
        assert ImageStat.Stat(after).stddev[0] > 20  # there is something on it


def test_the_file_is_sound(made: Path) -> None:
    with pikepdf.open(made, attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == [] and pdf.pdf_version == "1.6"


def test_equal_input_gives_equal_bytes(source: Path, made: Path, shop: Shop, tmp_path: Path) -> None:
    produce(source, tmp_path / "again.pdf", shop, support.order())
    assert (tmp_path / "again.pdf").read_bytes() == made.read_bytes()
    produce(source, tmp_path / "other.pdf", shop, support.order(title="Other"))
    with pikepdf.open(tmp_path / "other.pdf") as other, pikepdf.open(made) as one:
        assert other.trailer.ID[1] != one.trailer.ID[1]


def test_nothing_to_click_is_left(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents"}
        for page in pdf.pages:
            assert set(page.obj.keys()) <= {
                "/Type", "/Parent", "/Contents", "/Resources", "/Group", "/MediaBox", "/BleedBox", "/TrimBox",
            }  # fmt: skip
        assert not any("/URI" in set(support.names(each)) for each in pdf.objects)


def test_a_page_that_shines_through_blends_in_inks(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        assert Name.DeviceCMYK == pdf.pages[0].Group.CS
        groups = [each.Group for each in pdf.objects if isinstance(each, Stream) and "/Group" in each]
        assert {str(group.CS) for group in groups} == {"/DeviceCMYK", "/DeviceGray"}
