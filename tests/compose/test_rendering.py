"""What a template says of the figures that it prints is said of those that it prints in the end."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from report.compose.templates.citations import Citations
from report.compose.templates.rendering import PrintedFigures, rendered
from report.compose.views.context import Context
from report.language.writer import Writer

_NO_FACTS = Context(**{field.name: () for field in dataclasses.fields(Context)})
FIGURES = {name: SimpleNamespace(parts=[SimpleNamespace(src=f"chart:{name}")]) for name in ("bars", "lines")}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('"lines" in printed', "False"),
        ("printed|sort|join", "bars"),
        ("printed|length", "1"),
        ("printed == known", "False"),
        ("known == printed", "False"),
        ("printed >= known", "False"),
        ("(known - printed)|join", "lines"),
        ("(printed - known)|join", ""),
        ("printed", "frozenset({'bars'})"),
    ],
)
def test_however_a_template_asks(said: str, told: str) -> None:
    template = f'{{{{ {said} }}}} <img src="chart:bars">'
    environment = ImmutableSandboxedEnvironment(loader=DictLoader({"page": template}))
    values = {"figures": FIGURES, "printed": PrintedFigures(FIGURES), "known": frozenset(FIGURES)}
    assert rendered(environment, "page", values, Citations(_NO_FACTS, Writer("en"))).partition(" <")[0] == told
