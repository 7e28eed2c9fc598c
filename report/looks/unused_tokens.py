"""Tokens of a theme that nothing uses: a slip in a name would leave the house's colour in silence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from report.looks.theme_file import HOUSE
from report.model.suggestions import nearest
from report.source import read_shared
from report.source.text import read_text
from report.values import Problem, ReportError, Severity
from report.workspace import Workspace, bundled_templates

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_PAGE = frozenset({"page-width", "page-height"})
"""Tokens that the house leaves as they are: A4."""


def unknown_keys(workspace: Workspace, theme: str) -> list[Problem]:
    """Return a warning for each token of a theme that neither the house has nor a style sheet, a Word map or the cover names."""
    path = workspace.template(f"themes/{theme}/theme.yaml")
    if path is None:
        return []
    try:
        file, house = (
            read_shared(path),
            _tokens(read_shared(bundled_templates() / "themes" / HOUSE / "theme.yaml").data),
        )
        shadow = workspace.template(f"themes/{HOUSE}/theme.yaml")
        if shadow and shadow != path:
            house |= _tokens(read_shared(shadow).data)
        tokens = _tokens(file.data)
        own = [name for name in tokens if name not in house and name not in _PAGE]
        used = _named(workspace, file.data) if own else set()
    except ReportError:  # told when the theme is read
        return []
    hint = "; or use it in the theme’s own theme.css: var(--{})"
    return [
        Problem(
            Severity.WARNING,
            "theme.token",
            f"nothing uses the token '{name}'",
            file.locate(("tokens", name), key=True),
            (nearest(name, {*house, *_PAGE}) or "") + hint.format(name),
        )
        for name in own
        if name not in used
    ]


def _tokens(theme: Any) -> dict[str, Any]:
    found = theme.get("tokens") if isinstance(theme, dict) else None
    return dict(found) if isinstance(found, dict) else {}


def _named(workspace: Workspace, theme: dict[str, Any]) -> set[str]:
    """Return every name that stands in a style sheet, in a Word map or in the theme's own cover."""
    files: list[Path] = []
    for root in workspace.template_roots:
        files += [*root.rglob("*.css"), *root.rglob("docx.yaml"), *root.rglob("word.yaml"), *root.rglob("*.j2")]
    cover = theme.get("cover") if isinstance(theme.get("cover"), list) else ()
    found = {str(shape.get("fill")) for shape in cover or () if isinstance(shape, dict)}
    for path in files:
        found |= set(_NAME.findall(read_text(path)))
    return found
