"""What a template says of the figures that it prints is said of those that it prints in the end."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from report.compose.rendered import Printed, rendered

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
    values = {"figures": FIGURES, "printed": Printed(FIGURES), "known": frozenset(FIGURES)}
    assert rendered(environment, "page", values).partition(" <")[0] == told
