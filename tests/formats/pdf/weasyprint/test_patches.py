"""Every patch fits the installed libraries; one that does not is left out, and the switch leaves speed-ups out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from report.formats.pdf import weasyprint
from report.formats.pdf.weasyprint.patch import Patch, descriptions

FAST = (*weasyprint.SPEED_UPS, *weasyprint.PARSER)
PATCHES = {patch.name: patch for patch in (*weasyprint.CORRECTIONS, *FAST)}


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Apply nothing, and return the names of what would be."""
    names: list[str] = []
    monkeypatch.setattr(Patch, "apply", lambda self: names.append(self.name))
    for name in ("install", "install_parser"):
        monkeypatch.setattr(weasyprint, name, getattr(weasyprint, name).__wrapped__)
    yield names


@pytest.mark.parametrize("name", PATCHES)
def test_it_was_written_for_the_installed_version(name: str) -> None:
    """Where this fails after an upgrade, read what changed upstream, then take over the new value or drop the patch."""
    weasyprint.install()
    assert name in weasyprint.install(), {each: descriptions(each) for each in PATCHES[name].replaced}


def test_a_digest_is_of_the_function_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    source = "class A:\n    def f(self, x):\n        y = x\n\n        return y\n\n    def g(self):\n        return 1\n"
    digests = []
    for n, text in enumerate((source, source.replace("return 1", "return 2"), source.replace("y = x", "y = -x"))):
        (tmp_path / f"library_{n}.py").write_text(text, "utf-8")
        parameters, digest = descriptions(f"library_{n}:A.f")
        assert parameters == "self x"
        digests.append(digest)
    assert digests[0] == digests[1] != digests[2]


def test_names_are_their_own() -> None:
    assert len(PATCHES) == len(weasyprint.CORRECTIONS) + len(FAST)


@pytest.mark.parametrize(
    ("function", "expected"),
    [("weasyprint.text.line_break:strut", "0123456789abcdef"), ("weasyprint.css:NoSuch.thing", ""), ("no_such_module:f", "")],
)  # fmt: skip
def test_what_a_release_changed_is_left_alone(
    function: str, expected: str, applied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = Patch("changed", "no.such:function", {function: expected})
    monkeypatch.setattr(weasyprint, "CORRECTIONS", (changed,))
    monkeypatch.setattr(weasyprint, "SPEED_UPS", (dataclasses.replace(changed, name="fast"),))
    monkeypatch.setattr(weasyprint, "PARSER", ())
    assert weasyprint.install() == frozenset() and applied == []
    (problem,) = weasyprint.outdated()
    assert problem.code == "pdf.weasyprint" and "“changed”" in problem.message and problem.hint


@pytest.mark.parametrize(
    ("value", "left_out"),
    [("", set()), ("1", {patch.name for patch in FAST}), ("struts,objects", {"struts", "objects"})],
)
def test_the_switch_leaves_speed_ups_out(
    value: str, left_out: set[str], applied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(weasyprint.VARIABLE, value)
    monkeypatch.setattr(Patch, "fits", lambda self: True)
    assert weasyprint.install() == PATCHES.keys() - left_out == set(applied)
