"""What is shared between documents is bounded, and not shared where a sheet depends on the page."""

from __future__ import annotations

import copy
from math import inf
from types import SimpleNamespace

import cssselect2
import pytest
import tinyhtml5
import weasyprint

from report.formats.pdf.weasyprint.speed import cascade, styles


def test_places_are_bounded() -> None:
    store = styles.Store()
    for number in range(2 * styles.MOST + 1):
        store.place(store.root, number, {})
    assert len(store.root.below) <= styles.MOST


def test_cascades_are_bounded() -> None:
    sheet = weasyprint.CSS(string="p { color: red }")
    cascades = cascade.Cascades()
    root = tinyhtml5.parse("<p>Words</p>", namespace_html_elements=False)
    element = cssselect2.ElementWrapper.from_html_root(root).query("p")
    for _ in range(cascade.MOST + 10):
        declared = cascades.of(element, [(copy.copy(sheet), "author", None)])
    assert len(cascades) <= cascade.MOST
    assert declared[None]["color"][1] == (3, inf, (0, 0, 1))


@pytest.mark.parametrize(
    ("rule", "shared"), [("p{width:40mm}", True), ("p{width:calc(100VW - 1cm)}", False), ("p{top:.5pvmin}", False)]
)
def test_sheets_with_lengths_of_the_page_share_no_styles(rule: str, shared: bool) -> None:
    fonts = SimpleNamespace()
    styles.share(fonts, rule)
    assert hasattr(fonts, "store") is shared
