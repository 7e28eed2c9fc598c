"""A clean file has no finding, and its facts are those that it was written with."""

import pytest

from report.press.check.rules.expected import Expected
from tests.press.check.conftest import Checked


def test_a_clean_file_gives_nothing(checked: Checked) -> None:
    report = checked(expected=Expected((148, 210), 2, 2, ((74,),)))
    assert report.problems == ()
    facts = report.facts
    assert (facts.pages, facts.claims, facts.intent, facts.sizes) == (2, "PDF/X-4", "FOGRA39", {(148.0, 210.0): 2})
    assert facts.fonts == {"Plex": True} and facts.smallest and facts.smallest.value == 10
    assert facts.thinnest and facts.thinnest.value == 0.5
    assert facts.coarsest and facts.coarsest.value == pytest.approx(304.8, abs=0.1)
    assert facts.peak and facts.peak.value == pytest.approx(140, abs=1) and facts.peak.page == 1
    assert facts.peak.area == pytest.approx((20, 90, 50, 110), abs=0.4)
