"""What a style sheet asks for without end, or cannot be drawn, is told; nothing is written."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from report.formats import pdf
from report.values import ReportError
from tests.formats.docx import support


@pytest.mark.quick("columns: 99999", "@page", "1e7px")
@pytest.mark.parametrize(
    ("style", "word"),
    [("p { font-size: 1e7px }", "layout"), ("@page { size: 1e9mm 1e9mm }", "layout"), ("div { display: grid; grid-template-columns: repeat(9999999, 1px) }", "longer than"), ("p { columns: 99999; column-gap: 0 }", "")],
)  # fmt: skip
def test_it_is_told(style: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_READ_SECONDS", "0.2")
    document = support.document("<main><p>Words</p><div><p>More</p></div></main>")
    styled = dataclasses.replace(document, look=dataclasses.replace(document.look, styles=(style,)))
    try:
        pdf.write(styled, tmp_path / "x.pdf")
    except ReportError as error:
        assert word in error.problems[0].message and error.problems[0].hint
        assert not list(tmp_path.iterdir())
