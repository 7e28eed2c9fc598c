"""What a shell offers for a word that is not typed to its end. Nothing of it loads what builds documents: a shell waits for the answer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from report.workspace import Workspace

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def organisations(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Offer the organisations of the workspace."""
    workspace = _workspace(ctx)
    return _beginning(begun, workspace.organisations() if workspace else ())


def documents(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Offer the documents of the organisation that is named before, or of all."""
    return _beginning(begun, (one.get("id") for one in _requests(ctx, "documents")))


def calls(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Offer the calls for proposals of the organisation that is named, or of all."""
    return _beginning(begun, (one.get("id") for one in _requests(ctx, "calls")))


def languages(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Offer the languages that documents can be made in, for the last of several words."""
    workspace = _workspace(ctx)
    roots = workspace.template_roots if workspace else ()
    return _last_of(begun, ["en", *(path.stem for root in roots for path in (root / "locale").glob("*.po"))])


def profiles(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Offer the profiles of regulators, funders and print shops."""
    workspace = _workspace(ctx)
    roots = workspace.profile_roots if workspace else ()
    return _beginning(begun, (path.stem for root in roots for path in root.glob("*.yaml")))


def one_of(*words: str) -> Completer:
    """Return what offers these words, for the last of several."""
    return lambda _ctx, _param, begun: _last_of(begun, words)


def _beginning(begun: str, words: Iterable[Any]) -> list[str]:
    return sorted({word for word in words if isinstance(word, str) and word.startswith(begun)})


def _last_of(begun: str, words: Iterable[str]) -> list[str]:
    head, comma, last = begun.rpartition(",")
    return [f"{head}{comma}{word}" for word in _beginning(last, words) if word not in head.split(",")]


def _workspace(ctx: click.Context) -> Workspace | None:
    with contextlib.suppress(Exception):  # a shell shows no mistakes
        return Workspace.at(Path(ctx.params.get("root") or "."))
    return None


def _requests(ctx: click.Context, what: str) -> list[dict[str, Any]]:
    """Return the documents or calls in documents.yaml, as far as it can be read."""
    import yaml

    workspace = _workspace(ctx)
    named = ctx.params.get("organisation")
    found: list[dict[str, Any]] = []
    for name in (named,) if isinstance(named, str) else workspace.organisations() if workspace else ():
        with contextlib.suppress(Exception):
            path = workspace.data / name / "documents.yaml" if workspace else Path()
            loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
            found += [one for one in yaml.load(path.read_text("utf-8"), loader)[what] if isinstance(one, dict)]
    return found
