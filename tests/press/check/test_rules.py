"""Each planted fault is found, at its page and place, and nothing else is; the heavier ones are errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.press.check.rules.expected import Expected
from report.profiles import load
from report.profiles.load import Shop
from report.values import Severity
from report.workspace import Workspace, bundled_profiles
from tests.press import planted
from tests.press.check.conftest import Checked
from tests.press.check.faults import FAULTS, Planted


@pytest.fixture
def marks(tmp_path: Path) -> Shop:
    """A shop that wants crop marks."""
    text = (bundled_profiles() / "print-europe.yaml").read_text("utf-8").replace("marks: none", "marks: outside-bleed")
    (tmp_path / "data/profiles").mkdir(parents=True)
    (tmp_path / "data/profiles/marks.yaml").write_text(text, "utf-8")
    return load.printer(Workspace.at(tmp_path), "marks")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found_and_nothing_else(fault: Planted, checked: Checked, shop: Shop, marks: Shop) -> None:
    size = (planted.WIDTH, planted.HEIGHT) if fault.code != "print.trim-missing" else None
    expected = Expected(size, 2, 2, ((), fault.folds) if fault.folds else ())
    found = checked(fault.plan, expected, of=marks if fault.shop == "marks" else shop).problems
    assert {(one.code, one.location.page) for one in found} == {(fault.code, fault.page)}, found
    if fault.box is not None:
        (one,) = found
        assert one.location.area == pytest.approx(fault.box, abs=1), one
    else:
        assert all(one.location.area is None for one in found), found


def test_words_are_quoted(checked: Checked) -> None:
    fault = next(one for one in FAULTS if one.name == "RGB text")
    (found,) = checked(fault.plan).problems
    assert found.message == "text in DeviceRGB: “Planted”" and found.severity is Severity.ERROR and found.hint


def test_rgb_with_a_profile_is_a_warning_in_x4(checked: Checked) -> None:
    fault = next(one for one in FAULTS if one.name == "ICC RGB")
    assert [one.severity for one in checked(fault.plan).problems] == [Severity.WARNING]


def test_the_order_is_held_against_the_file(checked: Checked) -> None:
    found = checked(expected=Expected((210, 297), 8, 4))
    codes = {(one.code, one.location.page) for one in found.problems}
    assert codes == {("print.page-count", None), ("print.page-multiple", None), ("print.trim-size", 1), ("print.trim-size", 2)}  # fmt: skip


def test_a_page_of_another_size_is_found(checked: Checked) -> None:
    fault = next(one for one in FAULTS if one.name == "wrong trim")
    (found,) = checked(fault.plan, pages=3).problems
    assert (found.code, found.location.page) == ("print.page-size", 2)


def test_a_back_s_folds_mirror_the_front_s() -> None:
    assert Expected(folds=((97, 197),)).folds_of(2, 297) == (100, 200)
    assert Expected(folds=((97, 197), (100, 200))).folds_of(4, 297) == (100, 200)
