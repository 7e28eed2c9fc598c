"""The Jinja environment: sandboxed, strict about names, escaping on; a template's mistake is located in the template."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from report.compose.templates.allowed import attributes
from report.compose.templates.origins import Loader
from report.compose.templates.sandbox import PlainSandbox
from report.isolation import Limits, bounds
from report.language.labels import Labels
from report.language.writer import Writer
from report.model.suggestions import nearest
from report.values import Location, ReportError
from report.workspace import Workspace


class _CodeCache(jinja2.BytecodeCache):
    """Compiled templates of this process: a second document or language need not compile them again."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket`, unless the template is not known or its source has another checksum."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of `bucket`."""
        if bucket.code:
            self._code[bucket.key] = bucket.checksum, bucket.code


_CODE_CACHE = _CodeCache()


def environment(workspace: Workspace, writer: Writer, labels: Labels) -> PlainSandbox:
    """Make the environment of one document in one language."""
    sandbox = PlainSandbox(
        loader=Loader([str(root) for root in workspace.template_roots]),
        undefined=_Undefined,
        autoescape=True,
        optimized=False,  # a filter of a constant would keep the words of the first language
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_CODE_CACHE,
    )
    sandbox.install_gettext_callables(  # type: ignore[attr-defined]
        labels.marked,
        labels.marked_plural,
        newstyle=True,
        pgettext=lambda context, message: labels.marked(message, context),
    )
    sandbox.check_translations(labels.filled)
    sandbox.filters.update(writer.filters())
    return sandbox


def render(sandbox: jinja2.Environment, name: str, values: Mapping[str, Any]) -> str:
    """Render a template; raise `ReportError` at the template's line for whatever fails in it."""
    limits = Limits.from_environment()
    try:
        with bounds.within(limits):
            return sandbox.get_template(name).render(values)
    except ReportError as error:
        place = _place(error)
        if place is None or any(problem.location for problem in error.problems):
            raise
        problem = error.problems[0]
        raise ReportError.of(problem.code, problem.message, place, problem.hint) from None
    except Exception as error:  # noqa: BLE001 - a template is a program of the user's, which may fail in every way
        code, message, hint = _explained(error, values, limits)
        raise ReportError.of(code, message, _place(error), hint) from None


def _explained(error: Exception, values: Mapping[str, Any], limits: Limits) -> tuple[str, str, str | None]:
    """Return the code, the message and the hint of what a template failed with."""
    match error:
        case jinja2.TemplateSyntaxError():
            return "template.syntax", f"the template is not well formed: {error.message}", None
        case jinja2.TemplateNotFound():
            return "template.missing", f"there is no template {error.name}", None
        case jinja2.UndefinedError():
            return "template.undefined", *_undefined(str(error.message), values)
        case jinja2.exceptions.SecurityError():
            return "template.forbidden", str(error), None
        case bounds.TimeLimit():
            hint = f"look for loops that never end, or allow more:  report --read-seconds {limits.seconds * 3:g} …"
            return "template.time", f"it took longer than {limits.seconds:g} seconds", hint
        case MemoryError():
            megabytes = limits.memory / 1_000_000
            hint = f"look for texts and lists that grow, or allow more:  report --read-memory {megabytes * 3:g} …"
            return "template.memory", f"it needs more than {megabytes:g} MB of memory", hint
        case RecursionError():
            return "template.value", "it calls itself endlessly, or is nested too deeply", None
        case AssertionError():
            return "template.value", f"a value does not fit here: {error}", None
        case _:
            return "template.value", f"{type(error).__name__}: {error}", None


def _place(error: BaseException) -> Location | None:
    """Return the line of a syntax error, or else the innermost line of a template that the error passed through."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return _location(error.filename, error.lineno) if error.filename else None
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    return _location(frames[-1].filename, frames[-1].lineno) if frames else None


def _location(filename: str, line: int | None) -> Location:
    path = Path(filename)
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    excerpt = lines[line - 1] if line and line <= len(lines) else None
    column = len(excerpt) - len(excerpt.lstrip()) + 1 if excerpt else None
    return Location(path, line, column, excerpt=excerpt)


def _undefined(words: str, values: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return what is said of an undefined name, and what may be meant."""
    message, _, hint = words.partition("\n")
    parts = message.split("'")
    if not hint and len(parts) == 3:
        hint = nearest(parts[1], values, "a template may use") or ""
    return message, hint or None


class _Undefined(jinja2.StrictUndefined):
    """A missing name: its message uses the words of the facts, and has on a second line what may be meant."""

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint or owner is jinja2.utils.missing or not isinstance(name, str):
            return super()._undefined_message
        if owner is None:
            return f"the value is missing, so it has no '{name}'\ntest for it first:  {{% if … %}}"
        known = sorted(attributes(type(owner)) or ())
        return f"{type(owner).__name__} has no '{name}'\n{nearest(name, known, 'it has') or ''}"
