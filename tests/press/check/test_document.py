"""What depends on the standard and on the shop: PDF/X-1a, spot colours, a limit of size; and pages that are turned or scaled."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from report.profiles import load
from report.profiles.load import Shop
from report.workspace import Workspace, bundled_profiles
from tests.press.check.conftest import Checked
from tests.press.check.faults import AT, BLACK, PATCH, _icc_space, _separation, _state
from tests.press.planted import HEIGHT, SLUG, WIDTH, Plan, words

EXTRA = f"q 0.9 0.8 0.8 0.9 k {AT} f {BLACK} {words('Planted', 20, 150, 5)} Q"


def changed(folder: Path, *changes: tuple[str, str]) -> Shop:
    text = (bundled_profiles() / "print-europe.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "data/profiles").mkdir(parents=True)
    (folder / "data/profiles/mine.yaml").write_text(text, "utf-8")
    return load.printer(Workspace.at(folder), "mine")


def _x1a(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata
    pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-1a:2003")


def found(checked: Checked, plan: Plan, shop: Shop | None = None) -> list[tuple[str, int | None]]:
    report = checked(plan, of=shop) if shop else checked(plan)
    return [(one.code, one.location.page) for one in report.problems]


def test_a_clean_x1a_gives_nothing(checked: Checked) -> None:
    assert found(checked, Plan(mend=_x1a, version="1.4")) == []
    assert found(checked, Plan(mend=_x1a, version="1.6")) == [("print.version", None)]


@pytest.mark.parametrize(
    ("said", "entries"),
    [("alpha", {"/ca": 0.5}), ("Multiply", {"/BM": Name.Multiply}), ("CA", {"/CA": 0.5})],
    ids=["alpha", "blend mode", "stroke"],
)
def test_x1a_has_no_transparency(checked: Checked, said: str, entries: dict[str, object]) -> None:
    plan = Plan(extra=f"q /State gs 0 0.2 0.2 0 k {AT} f Q", resources={"ExtGState": _state(**entries)})
    assert found(checked, plan) == []  # in PDF/X-4 it may be there
    plan.mend, plan.version = _x1a, "1.4"
    assert found(checked, plan) == [("print.transparency", 2)]


def test_x1a_has_no_profiles(checked: Checked) -> None:
    plan = Plan(extra=f"q /Icc cs 0.5 0 0 sc {AT} f Q", resources={"ColorSpace": {"Icc": _icc_space}}, mend=_x1a, version="1.4")  # fmt: skip
    (one,) = checked(plan).problems
    assert (one.code, one.severity.value) == ("print.rgb-vector", "error")
    plan.resources = {"ColorSpace": {"Icc": Array([Name.CalGray, Dictionary(WhitePoint=[0.96, 1, 0.82])])}}
    assert found(checked, plan) == [("print.icc-colour", 2)]


def test_a_shop_that_takes_x4_alone_wants_it(checked: Checked, tmp_path: Path) -> None:
    shop = changed(tmp_path, ("[PDF/X-4, PDF/X-1a]", "[PDF/X-4]"))
    assert found(checked, Plan(mend=_x1a), shop) == [("print.standard", None)]


def test_spot_colours_are_counted(checked: Checked, tmp_path: Path) -> None:
    plan = Plan(
        extra=f"q /Spot cs 1 scn {AT} f Q",
        resources={"ColorSpace": {"Spot": _separation("Gold")}},
    )
    assert checked(plan).facts.spots == {"Gold": 2}
    report = checked(plan, of=changed(tmp_path, ("ink: {", "spots: 1\nink: {")))
    assert report.problems == () and report.facts.peak and report.facts.peak.value == pytest.approx(140, abs=1)


def test_the_shop_s_limit_of_size(checked: Checked, tmp_path: Path) -> None:
    assert found(checked, Plan(), changed(tmp_path, ("ink: {", "megabytes: 0.01\nink: {"))) == [("print.file-size", None)]  # fmt: skip


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_its_places_as_it_is_seen(checked: Checked, turn: int) -> None:
    def mend(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Rotate = turn

    left, top, right, bottom = PATCH
    seen = {
        90: (HEIGHT - bottom, left, HEIGHT - top, right),
        180: (WIDTH - right, HEIGHT - bottom, WIDTH - left, HEIGHT - top),
        270: (top, WIDTH - right, bottom, WIDTH - left),
    }[turn]
    report = checked(Plan(extra=EXTRA, mend=mend))
    places = {one.code: one.location.area for one in report.problems}
    assert places["print.ink"] == pytest.approx(seen, abs=0.6) and "print.rotation" in places
    (small,) = [one for one in report.problems if one.code == "print.type-small"]
    assert "5.0 pt" in small.message and "“Planted”" in small.message


def test_a_page_of_another_unit_is_measured_at_its_size(checked: Checked) -> None:
    def mend(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.UserUnit = 2

    report = checked(Plan(extra=EXTRA, mend=mend))
    assert {"print.user-unit", "print.page-size"} <= {one.code for one in report.problems}
    assert (2 * WIDTH, 2 * HEIGHT) in report.facts.sizes
    assert not [one for one in report.problems if one.code == "print.type-small"]  # it is 10 points there


def test_what_lies_beyond_the_bleed_is_not_printed(checked: Checked) -> None:
    plan = Plan(extra=f"q 1 0 0 rg {words('Proof 3', -SLUG, 218)} Q")
    assert found(checked, plan) == []


def test_a_layer_that_does_not_print_is_left_out(checked: Checked) -> None:
    layer: dict[str, object] = {}

    def make(pdf: pikepdf.Pdf) -> object:
        layer["made"] = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Die")))
        return layer["made"]

    def mend(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OCProperties = Dictionary(OCGs=[layer["made"]], D=Dictionary(OFF=[layer["made"]]))

    plan = Plan(extra=f"/OC /Die BDC q 1 0 0 rg {AT} f Q EMC", resources={"Properties": {"Die": make}}, mend=mend)
    assert found(checked, plan) == [("print.layers", None)]


def test_text_that_is_not_seen_needs_no_font(checked: Checked) -> None:
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    plan = Plan(extra=f"q 3 Tr 1 0 0 rg {words('Scanned', 1, 150, 4, 'F2')} Q", resources={"Font": {"F2": helvetica}})
    assert found(checked, plan) == []


def test_white_in_gray_that_is_set_to_overprint_is_a_warning(checked: Checked) -> None:
    (one,) = checked(Plan(extra=f"q /Over gs 1 g {AT} f Q")).problems
    assert (one.code, one.severity.value) == ("print.white-overprint", "warning")


def test_a_film_is_told(checked: Checked) -> None:
    def mend(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Movie, Rect=[100, 100, 200, 200])])

    assert found(checked, Plan(mend=mend)) == [("print.media", 2)]


def test_jpeg_2000_is_told(checked: Checked) -> None:
    import io

    from PIL import Image

    from tests.press.planted import image

    said = io.BytesIO()
    Image.new("RGB", (360, 240), (90, 60, 60)).save(said, "JPEG2000", no_jp2=False)
    plan = Plan(
        extra=image("Im2", 20, 120, 30, 20),
        resources={
            "XObject": {
                "Im2": lambda pdf: Stream(
                    pdf, said.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=360, Height=240,
                    ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.JPXDecode,
                )
            }
        },
    )  # fmt: skip
    assert sorted(found(checked, plan)) == [("print.jpeg2000", 2), ("print.rgb-image", 2)]
