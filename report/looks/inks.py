"""What a theme's colours are printed in: `cmyk:` of theme.yaml gives a colour token its cyan, magenta, yellow and black."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from report.model.suggestions import nearest
from report.source import SourceFile, read_shared
from report.values import Problem, ReportError, Severity
from report.workspace import Workspace

MOST = 300
"""Per cent: coated paper takes no more (ISO Coated v2 300 %); a printer's profile may say less."""
_COLOUR = "colour-"


def _four(parts: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if len(parts) != 4:
        raise PydanticCustomError("theme.cmyk", "four inks are needed: cyan, magenta, yellow, black")
    return parts


Inks = Annotated[tuple[Annotated[Decimal, Field(ge=0, le=100)], ...], AfterValidator(_four)]
"""Cyan, magenta, yellow and black, in per cent."""


def kept(tokens: Mapping[str, str], house: Mapping[str, str], inks: Mapping[str, Inks]) -> dict[str, Inks]:
    """Return those of the house's inks that go with a theme's colours: another colour is printed in other inks."""
    return {name: parts for name, parts in inks.items() if tokens.get(name) == house.get(name)}


def mistakes(tokens: Mapping[str, str], inks: Mapping[str, Inks], file: SourceFile) -> list[Problem]:
    """Return an error for inks of no colour, and for a colour that two tokens print in different inks."""
    colours = {name for name in tokens if name.startswith(_COLOUR)}
    own = set(_said(file))
    found: list[Problem] = []
    printed: dict[str, tuple[str, Inks]] = {}
    for name in sorted(inks, key=lambda name: name in own):  # what the house says first: the slip is in the theme
        where = file.locate(("cmyk", name), key=True)
        if name not in colours:
            hint = nearest(name, colours)
            found.append(Problem(Severity.ERROR, "theme.cmyk", f"there is no colour '{name}'", where, hint))
            continue
        other, parts = printed.setdefault(tokens[name].lower(), (name, inks[name]))
        if parts != inks[name]:
            message = f"{name} is the same colour as {other}, and is printed in other inks"
            hint = "print both in the same inks, or make one of them another colour"
            found.append(Problem(Severity.ERROR, "theme.cmyk", message, where, hint))
    return found


def heavy(workspace: Workspace, theme: str) -> list[Problem]:
    """Return a warning for each colour of a theme that is printed in more ink than paper takes."""
    path = workspace.template(f"themes/{theme}/theme.yaml")
    try:
        file = read_shared(path) if path else None
    except ReportError:  # reported when the theme is read
        return []
    if file is None:
        return []
    hint = "reduce cyan, magenta and yellow, and add black"
    return [
        Problem(
            Severity.WARNING,
            "theme.cmyk",
            f"{name} is printed in {total:g} % of ink; most paper takes {MOST} %",
            file.locate(("cmyk", name)),
            hint,
        )
        for name, parts in _said(file).items()
        if (total := _total(parts)) > MOST
    ]


def _said(file: SourceFile) -> Mapping[str, object]:
    found = file.data.get("cmyk") if isinstance(file.data, dict) else None
    return found if isinstance(found, dict) else {}


def _total(parts: object) -> float:
    """Return the sum of the inks; nothing where they are no numbers, which is told when the theme is read."""
    if not isinstance(parts, Iterable) or isinstance(parts, str):
        return 0
    try:
        return sum(float(str(part)) for part in parts)
    except ValueError:
        return 0
