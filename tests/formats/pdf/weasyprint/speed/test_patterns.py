"""A parser that finds its patterns again makes the same tree."""

from __future__ import annotations

import pytest
from tinyhtml5 import inputstream

from report.formats.pdf.weasyprint.speed import patterns
from report.html.parser import tree
from tests.conftest import ROOT

KITCHEN_SINK = (ROOT / "tests/formats/docx/kitchen-sink.html").read_text("utf-8")


def test_the_tree_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputstream, "characters_until_regex", {})
    plain = tree(KITCHEN_SINK)
    monkeypatch.setattr(inputstream, "characters_until_regex", patterns._Patterns())
    assert tree(KITCHEN_SINK) == plain
    assert len(inputstream.characters_until_regex) < 20
