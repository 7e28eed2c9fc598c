"""Style sheets name nothing outside of them, and say whatever they like in words."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from report.looks import style_sheets


def _svg(inner: str) -> str:
    content = base64.b64encode(f"<svg xmlns='http://www.w3.org/2000/svg'>{inner}</svg>".encode()).decode()
    return f"background: url(data:image/svg+xml;base64,{content})"


WORDS = ['content: "Kontakt:"', 'content: "Tel.: "', 'content: "e.g.:x"', 'content: "//"', "quotes: '\\\\' '\\\\'", 'content: "https://example.org"',
         _svg("<path fill='url(#a)'/>"), "background: url(#a)", "--gap: 3mm"]  # fmt: skip
ADDRESSES = ['background: url("http://x.org/a.png")', "background: url(//x.org/a.png)", 'background: image-set("a.png" 1x)', '--a: "http://x.org/a"; color: red',
             '--a: x(y "file:///etc/passwd")', 'src: local("Arial")', "src: local(Arial)", _svg("<style>@import 'http://x.org'</style>"),
             _svg("<path fill='url(http://x.org)'/>"), _svg("<image href='a.png'/>")]  # fmt: skip


@pytest.mark.parametrize("said", WORDS)
def test_words_are_no_addresses(said: str) -> None:
    assert not list(style_sheets.problems(Path("a.css"), f"p::before {{ {said} }}"))


@pytest.mark.parametrize("said", ADDRESSES)
def test_an_address_is_refused_at_its_line(said: str) -> None:
    found = list(style_sheets.problems(Path("a.css"), f"p {{\n{said} }}"))
    assert (
        found and {p.code for p in found} == {"style.url"} and all(p.location and p.location.line == 2 for p in found)
    )


def test_only_custom_properties_carry_a_text_into_a_function() -> None:
    assert not list(style_sheets.problems(Path("a.css"), 'p { --a: "x"; content: "http://x.org" }'))
    assert style_sheets.reaches_out('"http://x.org"') and not style_sheets.reaches_out("3mm")
