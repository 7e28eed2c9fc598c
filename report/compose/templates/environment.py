"""The Jinja environment: sandboxed, strict about names, escaping on; a template's mistake is located in the template."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from report.compose.templates.origins import Loader
from report.compose.templates.sandbox import PlainSandbox, attributes
from report.isolation import Limits, bounds
from report.language.labels import Labels
from report.language.writer import Writer
from report.model.suggestions import nearest
from report.values import Location, ReportError
from report.workspace import Workspace


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, kept as long as the process: a second document or language need not compile them again."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket`, unless the template is not known or its source has another checksum."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what `bucket` holds."""
        if bucket.code:
            self._code[bucket.key] = bucket.checksum, bucket.code


_COMPILED = _Compiled()


def environment(workspace: Workspace, writer: Writer, labels: Labels) -> jinja2.Environment:
    """Make the environment of one document in one language."""
    made = PlainSandbox(
        loader=Loader([str(root) for root in workspace.template_roots]),
        undefined=_Undefined,
        autoescape=True,
        optimized=False,  # a filter of a constant would keep the words of the first language
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_COMPILED,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        labels.marked,
        labels.marked_plural,
        newstyle=True,
        pgettext=lambda context, message: labels.marked(message, context),
    )
    made.bound_gettext()
    made.filled = labels.filled
    made.filters.update(writer.filters())
    return made


def render(made: jinja2.Environment, name: str, values: dict[str, Any]) -> str:
    """Render a template; raise `ReportError` at the template's line for an undefined name or a slip of syntax."""
    limits = Limits.from_environment()
    try:
        with bounds.within(limits):
            return made.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise _located(
            "template.syntax", f"the template is not well formed: {error.message}", error.filename, error.lineno
        ) from None
    except jinja2.TemplateNotFound as error:
        raise ReportError.of("template.missing", f"there is no template {error.name}", *_place(error)) from None
    except jinja2.UndefinedError as error:
        raise _undefined(error, values) from None
    except jinja2.sandbox.SecurityError as error:
        raise _at_fault("template.forbidden", str(error), error, None) from None
    except bounds.TimeLimit as error:
        message = f"it took longer than {limits.seconds:g} seconds"
        hint = f"look for loops that never end, or allow more:  report --read-seconds {limits.seconds * 3:g} …"
        raise _at_fault("template.time", message, error, hint) from None
    except MemoryError as error:
        megabytes = limits.memory / 1_000_000
        message = f"it needs more than {megabytes:g} MB of memory"
        hint = f"look for texts and lists that grow, or allow more:  report --read-memory {megabytes * 3:g} …"
        raise _at_fault("template.memory", message, error, hint) from None
    except RecursionError as error:
        raise _at_fault("template.value", "it calls itself endlessly, or is nested too deeply", error, None) from None
    except AssertionError as error:
        raise _at_fault("template.value", f"a value does not fit here: {error}", error, None) from None
    except ReportError as error:
        place = _place(error)
        if not place or any(problem.location for problem in error.problems):
            raise
        problem = error.problems[0]
        raise ReportError.of(problem.code, problem.message, place[0], problem.hint) from None
    except Exception as error:  # noqa: BLE001 - a template is a program of the user's, which may fail in every way
        raise _at_fault("template.value", f"{type(error).__name__}: {error}", error, None) from None


def _at_fault(code: str, message: str, error: Exception, hint: str | None) -> ReportError:
    place = _place(error)
    return ReportError.of(code, message, place[0] if place else None, hint)


def _place(error: BaseException) -> list[Location]:
    """Return the innermost line of a template that the error passed through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    return [_location(frames[-1].filename, frames[-1].lineno)] if frames else []


def _located(code: str, message: str, filename: str | None, line: int | None) -> ReportError:
    return ReportError.of(code, message, _location(filename, line) if filename else None)


def _location(filename: str, line: int | None) -> Location:
    path = Path(filename)
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    excerpt = lines[line - 1] if line and line <= len(lines) else None
    column = len(excerpt) - len(excerpt.lstrip()) + 1 if excerpt else None
    return Location(path, line, column, excerpt=excerpt)


class _Undefined(jinja2.StrictUndefined):
    """A name that is not there: says so in the words of the facts, and on a second line what may be meant."""

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint or owner is jinja2.utils.missing or not isinstance(name, str):
            return super()._undefined_message
        if owner is None:
            return f"the value is missing, so it has no '{name}'\ntest for it first:  {{% if … %}}"
        known = sorted(attributes(type(owner)) or ())
        return f"{type(owner).__name__} has no '{name}'\n{nearest(name, known, 'it has') or ''}"


def _undefined(error: jinja2.UndefinedError, values: dict[str, Any]) -> ReportError:
    message, _, hint = str(error.message).partition("\n")
    words = message.split("'")
    if not hint and len(words) == 3:
        hint = nearest(words[1], values, "a template may use") or ""
    return _at_fault("template.undefined", message, error, hint or None)
