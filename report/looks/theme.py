"""A theme's design tokens, fonts and cover become a `Look` that every format is drawn with."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from report.looks import inks, style_sheets
from report.looks.kinds import looks_like
from report.looks.theme_file import HOUSE, Theme, completed, lineage, theme_file
from report.model.loading import validation
from report.model.suggestions import nearest
from report.source import SourceFile, read
from report.source.text import read_text
from report.values import FontFace, Location, Look, Problem, ReportError, Severity, Shape
from report.workspace import Workspace, bundled_templates

Paths = tuple[Path, ...]
_BUNDLED = Workspace(bundled_templates().parent, bundled_templates().parent)
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_STYLES = {"regular": (400, False), "italic": (400, True), "bold": (700, False), "bold_italic": (700, True)}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(pt|mm|cm|in|px)")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)()")
_UNITS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "px": 0.75}
_MOST = {"size-": (4, 144), "page-margin-": (0, 200), "space-": (0, 100), "line-": (0.8, 3)}
"""The least and the most of each kind of token: points, and times the size of the type for lines."""
_HEX_HINT = 'write # and six digits from 0 to f, in quotes: "#0f3d4c"'
_FONT_HINT = "the path is relative to a templates folder: fonts/…"
_CONTRAST_HINT = "make the darker of the two darker, or the lighter lighter"
MIN_CONTRAST = 4.5
"""Least contrast of text and its ground: WCAG 2.2, success criterion 1.4.3."""


def look(workspace: Workspace, theme: str, kind: str) -> Look:
    """Read a theme and the styles of a document kind; raise `ReportError` with every mistake in the theme.

    A process reads them once, unless one of their files changes.
    """
    return workspace.once(("look", theme, kind), lambda: _read_look(workspace, theme, kind))


def _read_look(workspace: Workspace, theme: str, kind: str) -> Look:
    line, kinds = lineage(workspace, theme), looks_like(workspace, kind)
    paths, themes = tuple(path for _, path in line), [f"themes/{name}/" for name, _ in line]
    styles = _present(workspace, "elements.css", *(f"{k}/style.css" for k in kinds), *(f"{t}theme.css" for t in themes))
    word = _present(workspace, "word.yaml", *(f"{k}/docx.yaml" for k in kinds), *(f"{t}docx.yaml" for t in themes))
    states = [file.stat() for file in (*paths, theme_file(workspace, HOUSE), *styles, *word)]
    own = workspace if len(workspace.template_roots) > 1 else _BUNDLED  # all that have no templates share these looks
    return _look(own, theme, paths, styles, word, tuple((s.st_mtime_ns, s.st_size) for s in states))


@functools.lru_cache(maxsize=64)
def _look(
    workspace: Workspace, theme: str, line: Paths, styles: Paths, word: Paths, _states: tuple[tuple[int, int], ...]
) -> Look:
    file, values = read(line[-1]), completed(workspace, line)
    problems = [dataclasses.replace(p, severity=Severity.ERROR) for p in file.problems]
    problems += [
        *validation.unknown_keys(file, Theme),
        *_token_mistakes(values, file),
        *_colour_mistakes(values, file),
        *_font_mistakes(values, file, workspace),
        *inks.mistakes(values.tokens, values.cmyk, file),
    ]
    sheets = tuple(read_text(path) for path in styles)
    problems += [p for path, sheet in zip(styles, sheets, strict=True) for p in style_sheets.problems(path, sheet)]
    if problems:
        raise ReportError(problems)
    return Look(
        theme=theme,
        tokens=MappingProxyType(dict(values.tokens)),
        inks=MappingProxyType({name: _four(*map(float, parts)) for name, parts in values.cmyk.items()}),
        fonts=tuple(_faces(values, workspace)),
        styles=sheets,
        word=_word(word),
        letterhead=values.letterhead or (),
        cover=tuple(Shape(s.shape, s.x, s.y, s.width, s.height, values.tokens[s.fill]) for s in values.cover or ()),
    )


def _four(cyan: float, magenta: float, yellow: float, black: float) -> tuple[float, float, float, float]:
    return cyan, magenta, yellow, black


def _present(workspace: Workspace, *names: str) -> Paths:
    return tuple(path for name in names if (path := workspace.template(name)))


def _faces(theme: Theme, workspace: Workspace) -> list[FontFace]:
    return [
        FontFace(role, family.family, path, weight, italic, script)
        for role, family, script in (
            *((role, family, "") for role, family in theme.fonts.items()),
            *((script, family, script) for script, family in theme.scripts.items()),
        )
        for style, (weight, italic) in _STYLES.items()
        if (name := getattr(family, style)) and (path := workspace.template(name))
    ]


def _font_mistakes(theme: Theme, file: SourceFile, workspace: Workspace) -> list[Problem]:
    return [
        Problem(
            Severity.ERROR,
            "theme.font",
            f"there is no font file {name}",
            file.locate((where, role, style)),
            _FONT_HINT,
        )
        for where, families in (("fonts", theme.fonts), ("scripts", theme.scripts))
        for role, family in families.items()
        for style in _STYLES
        if (name := getattr(family, style)) and not workspace.template(name)
    ] + [
        Problem(
            Severity.ERROR,
            "theme.font",
            f"the family {theme.fonts[role].family} has no {style.replace('_', ' ')}",
            file.locate(("fonts", role)),
            f"add  {style}: fonts/…  (a computer's own fonts are not used)",
        )
        for role in ("text", "display")
        for style in _STYLES
        if not getattr(theme.fonts[role], style)
    ]


def points(length: str) -> float:
    """Return a token's length in points."""
    found = _LENGTH.fullmatch(length)
    if not found:
        raise ValueError(f"'{length}' is not a length")
    return float(found[1]) * _UNITS.get(found[2], 1)


def _token_mistakes(theme: Theme, file: SourceFile) -> list[Problem]:
    """Sizes are lengths that a page can hold."""
    problems = []
    for name, value in theme.tokens.items():
        if style_sheets.reaches_out(value):
            message, hint = (
                f"'{value[:80]}' is more than one value, or an address",
                "write a colour, a length or a number",
            )
            problems.append(Problem(Severity.ERROR, "theme.token", message, file.locate(("tokens", name)), hint))
            continue
        kind = next((k for k in _MOST if name.startswith(k)), None)
        if kind is None:
            continue
        found = (_LENGTH if kind != "line-" else _NUMBER).fullmatch(value)
        size = float(found[1]) * _UNITS.get(found[2] if kind != "line-" else "", 1) if found else None
        low, high = _MOST[kind]
        if size is None or not low <= size <= high:
            unit = "" if kind == "line-" else "pt"
            hint = (
                f"write a number such as {low + 1:g}"
                if kind == "line-"
                else f"write a length such as {low + 10:g}pt or {low + 10:g}mm"
            )
            message = f"'{value}' is not between {low:g}{unit} and {high:g}{unit}"
            problems.append(Problem(Severity.ERROR, "theme.token", message, file.locate(("tokens", name)), hint))
    return problems


def _colour_mistakes(theme: Theme, file: SourceFile) -> list[Problem]:
    def fault(message: str, hint: str | None, *steps: str | int) -> Problem:
        return Problem(Severity.ERROR, "theme.colour", message, file.locate(steps), hint)

    bad = [name for name, value in theme.tokens.items() if name.startswith("colour-") and not _HEX.fullmatch(value)]
    problems = [
        fault(f"'{theme.tokens[name]}' is not a colour such as #0f3d4c", _HEX_HINT, "tokens", name) for name in bad
    ]
    colours = {name for name in theme.tokens if name.startswith("colour-")} - set(bad)
    problems += [
        fault(f"there is no colour '{shape.fill}'", nearest(shape.fill, colours), "cover", index, "fill")
        for index, shape in enumerate(theme.cover or ())
        if shape.fill not in colours
    ]
    given = file.data.get("tokens") or {} if isinstance(file.data, dict) else {}
    for text, ground in theme.contrast:
        steps = next((("tokens", name) for name in (text, ground) if name in given), ("contrast",))
        if not {text, ground} <= colours:
            if not {text, ground} & set(bad):
                stranger = text if text not in colours else ground
                message = f"a pair names two colours of the theme: {text}, {ground}"
                problems.append(fault(message, nearest(stranger, colours), *steps))
        elif (ratio := contrast(theme.tokens[text], theme.tokens[ground])) < MIN_CONTRAST:
            message = f"{text} on {ground} has a contrast of {ratio:.1f}:1; text needs {MIN_CONTRAST}:1"
            problems.append(fault(message, _CONTRAST_HINT, *steps))
    return problems


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two hex colours (WCAG 2.2, relative luminance), from 1 to 21."""
    low, high = sorted(_luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _word(maps: Paths) -> Mapping[str, Any]:
    """Merge the Word maps: styles of the same name are replaced, rules are added in order."""
    styles: dict[str, Any] = {}
    rules: list[Any] = []
    for path in maps:
        data = read(path).data
        if not isinstance(data, dict):
            raise ReportError.of("theme.word", "the Word map is a record of styles and rules", Location(path, 1, 1))
        more, further = data.get("styles") or {}, data.get("rules") or []
        if not isinstance(more, dict) or not isinstance(further, list):
            raise ReportError.of("theme.word", "styles is a record, and rules is a list", Location(path, 1, 1))
        styles.update(more)
        rules += further
    return MappingProxyType({"styles": styles, "rules": rules})
