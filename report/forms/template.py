"""Word templates with docxtpl's tags: linted first, rendered in a sandbox that knows facts alone.

What docxtpl 0.20 does otherwise is set right here: values are escaped, properties once and not twice, a picture has its
alternative text, what was not rendered is an error, and parts that say the same as before keep their bytes.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import docxtpl
import jinja2
from docx.shared import Mm
from docxtpl_lint import lint
from jinja2.sandbox import SecurityError
from lxml import etree

from report.compose.environment import FactsSandbox
from report.forms import text
from report.forms.answer import Answer, Refused
from report.forms.package import Form
from report.forms.places.tags import ANY
from report.values import Location, Problem, ReportError, Severity

_TAGGED = re.compile(rb"\{(?:<[^>]*>)*[{%#]")
_NAME = re.compile(r"'([^']+)'")
_RENDERED = re.compile(r"word/(document\d*|footnotes|(header|footer)\d*)\.xml")
_PROPERTIES = frozenset({"creator", "description", "identifier", "language", "subject", "title"})
"""The properties that docxtpl renders (its `render_properties`)."""
_LOSES = frozenset({"DTL209"})
"""Rules that the linter only warns of, though words are lost: text beside a tag that takes its paragraph, row or cell."""
_MERGES = re.compile(r"\S[^\S\n]*\{%-.*?%\}|\{%.*?-%\}[^\S\n]*\S", re.DOTALL)
_DESCR = re.compile(r'(<wp:docPr\b[^>]*?)(?:\sdescr="[^"]*")?(\s*/?>)')


def has_tags(form: Form) -> bool:
    """Say whether a form is a template: whether any of its texts holds a tag."""
    return any(_TAGGED.search(form.parts[part]) and ANY.search(text.of(form.tree(part))) for part in form.stories)


_LITERAL = (("{{", "{_{"), ("}}", "}_}"), ("{%", "{_%"), ("%}", "%_}"))
"""How docxtpl writes braces that are no tag."""


def literal(answer: Answer) -> Answer:
    """Return an answer whose braces come out as they are, where it is written into a template; raise `Refused` for ``{#``."""
    if "{#" in answer.text:
        raise Refused("“{#” begins a comment in this form, which is a template with tags", "write it otherwise")
    said = answer.text
    for mark, plain in _LITERAL:
        said = said.replace(mark, plain)
    rows = answer.records
    records = tuple({name: literal(each) for name, each in row.items()} for row in rows) if rows is not None else None
    return replace(answer, text=said, records=records)


def problems(form: Form, content: bytes, environment: jinja2.Environment) -> list[Problem]:
    """Return what the linter finds, each with its part, paragraph and the tag's text."""
    found = []
    for issue in lint(content, jinja_env=environment, autoescape=True).issues:
        wrong = issue.severity == "error" or issue.rule in _LOSES
        severity = Severity.ERROR if wrong else Severity.WARNING
        message = f"{issue.location.human()}: {issue.message} “{issue.snippet[:80]}”"
        found.append(
            Problem(severity, "form.template", message, Location(form.path), f"rule {issue.rule} of docxtpl-lint")
        )
    return [*found, *_lost(form)]


def _lost(form: Form) -> Iterator[Problem]:
    """Yield the tags that merge paragraphs (``{%-`` first, ``-%}`` last) and have words beside them, which docxtpl drops."""
    for part in form.stories:
        for number, paragraph in enumerate(form.tree(part).iter(text.P), 1):
            if found := _MERGES.search(text.of(paragraph)):
                message = f"{part} ¶{number}: the words beside “{found[0].strip()[:80]}” would be lost"
                hint = "a tag with a minus stands in a paragraph of its own: it joins the one before or after it"
                yield Problem(Severity.ERROR, "form.template", message, Location(form.path), hint)


class _FormSandbox(FactsSandbox):
    """A sandbox for a file that came from outside: it cannot make a number or a text that fills the computer either."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply and raise numbers, and small texts and lists."""
        if operator == "**" and not (abs(left) <= _MOST and abs(right) <= _POWER):
            raise SecurityError(f"{left} ** {right} is more than a form needs")
        for one, other in ((left, right), (right, left)):
            if operator == "*" and isinstance(one, int) and hasattr(other, "__len__") and one * len(other) > _MOST:
                raise SecurityError(f"a text or list repeated {one} times is more than a form needs")
        return super().call_binop(context, operator, left, right)


_MOST, _POWER = 100_000, 16
"""How many items a template's ranges have together, how long what it repeats may be, and the highest power."""


def _ranges() -> Callable[..., range]:
    left = _MOST

    def bounded(*bounds: int) -> range:
        nonlocal left
        made = range(*bounds)
        left -= min(len(made), _MOST + 1)
        if left < 0:
            raise SecurityError(f"its loops count further than {_MOST:,}, more than a form needs")
        return made

    return bounded


def environment(finalize: Callable[[Any], Any], filters: Mapping[str, Any]) -> FactsSandbox:
    """Return the environment that templates are rendered in: sandboxed, strict about names, escaping on."""
    made = _FormSandbox(undefined=jinja2.StrictUndefined, autoescape=True, finalize=finalize)
    made.filters.update(filters)
    made.globals["range"] = _ranges()
    return made


def render(form: Form, content: bytes, values: Mapping[str, Any], made: FactsSandbox, pictures: Path) -> bytes:
    """Return the rendered file; raise `ReportError` with the paragraph of a tag that cannot be rendered."""
    template = _Template(io.BytesIO(content))

    def picture(file: str, alt: str, width: float | None = None) -> _Picture:
        path = (pictures / file).resolve()
        if not path.is_relative_to(pictures.resolve()) or not path.is_file():
            raise ReportError.of("form.picture", f"there is no picture '{file}'", Location(pictures), "name a file of the organisation's folder")  # fmt: skip
        return _Picture(template, str(path), html.unescape(alt), Mm(width) if width else None)

    made.globals["picture"] = picture
    made.globals["rich"] = lambda value, **look: docxtpl.RichText(str(made.finalize(value)), **look)
    try:
        template.render(dict(values), made, autoescape=True)
    except jinja2.TemplateError as error:
        raise ReportError([_at_fault(form, error)]) from None
    except (
        TypeError,
        ValueError,
        AttributeError,
        KeyError,
        LookupError,
        ArithmeticError,
        etree.XMLSyntaxError,
    ) as error:
        message = f"the template cannot be rendered: {type(error).__name__}: {error}"
        raise ReportError.of(
            "form.template", message, Location(form.path), "look at tags that span rows or cells"
        ) from None
    out = io.BytesIO()
    template.save(out)
    return _with_old_bytes(form, out.getvalue())


class _Template(docxtpl.DocxTemplate):
    """docxtpl's template; its properties are set as text, so they are not escaped for XML before."""

    def render_properties(self, context: dict[str, Any], jinja_env: jinja2.Environment | None = None) -> None:
        plain = jinja_env.overlay(autoescape=False) if jinja_env else None
        super().render_properties(context, plain)


class _Picture(docxtpl.InlineImage):
    """A picture in line with the text, with its alternative text (ECMA-376 20.4.2.5)."""

    def __init__(self, template: docxtpl.DocxTemplate, file: str, alt: str, width: Any):
        super().__init__(template, file, width=width)
        self._alt = alt

    def _insert_image(self) -> str:
        described = f" descr={quoteattr(self._alt)}"
        return _DESCR.sub(lambda found: found[1] + described + found[2], super()._insert_image(), count=1)


def _at_fault(form: Form, error: jinja2.TemplateError) -> Problem:
    """Return the problem with the paragraph that names what the error names."""
    said = str(error.message or error)
    name = _NAME.search(said)
    where = next(_paragraphs(form, name[1]), "") if name else ""
    hint = "the names are those of the facts, such as organisation.name"
    return Problem(Severity.ERROR, "form.template", f"{where}{said}", Location(form.path), hint)


def _paragraphs(form: Form, name: str) -> Iterator[str]:
    for part in form.stories:
        for number, paragraph in enumerate(form.tree(part).iter(text.P), 1):
            tags = [tag for tag in ANY.findall(text.of(paragraph)) if re.search(rf"\b{re.escape(name)}\b", tag)]
            if tags:
                yield f"{part} ¶{number} “{tags[0][:80]}”: "


def _with_old_bytes(form: Form, rendered: bytes) -> bytes:
    """Give the parts that say what they said before their old bytes, and the order that they had."""
    with zipfile.ZipFile(io.BytesIO(rendered)) as archive:
        made = {info.filename: archive.read(info) for info in archive.infolist()}
    names = [n for n in form.parts if n in made] + [n for n in made if n not in form.parts]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            before = form.parts.get(name)
            same = before is not None and (before == made[name] or _same(before, made[name]))
            archive.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), before if same else made[name], zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _same(one: bytes, other: bytes) -> bool:
    try:
        return _canonical(one) == _canonical(other)
    except (etree.XMLSyntaxError, ValueError):
        return False


def _canonical(content: bytes) -> bytes:
    return etree.tostring(etree.fromstring(content), method="c14n")


def unrendered(form: Form) -> list[str]:
    """Return the tags that stand where docxtpl renders nothing: they would be handed in as they are."""
    found: list[str] = []
    for name in form.parts:
        if not name.endswith(".xml") or not name.startswith(("word/", "docProps/")) or _RENDERED.fullmatch(name):
            continue
        if name == "docProps/core.xml":
            texts = [e.text or "" for e in form.tree(name) if etree.QName(e).localname not in _PROPERTIES]
        elif _TAGGED.search(form.parts[name]):
            texts = [text.of(form.tree(name))] if name.startswith("word/") else list(form.tree(name).itertext())
        else:
            continue
        found += [f"{name} “{tag[:60]}”" for said in texts for tag in ANY.findall(said)]
    return found
