"""Word templates with docxtpl's tags: linted first, rendered in a sandbox that knows facts alone.

What docxtpl 0.20 does otherwise is corrected here: values are escaped, properties once and not twice, a form without properties
gets none (python-docx's would state the time), a picture has its alternative text, what was not rendered is an error, and parts
with the same content as before keep their bytes.
"""

from __future__ import annotations

import html
import io
import re
import traceback
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import docxtpl
import jinja2
from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl_lint import lint
from lxml import etree

from report.compose.templates.sandbox import PlainSandbox
from report.forms.answers.answer import Answer, AnswerError
from report.forms.fields.placeholders import TAG
from report.forms.rich_content import RichContent
from report.forms.word import package, text
from report.forms.word.form import Form, parser, zip_entry
from report.model.text import Text
from report.values import Location, Problem, ReportError, Severity

_TAGGED = re.compile(rb"\{(?:<[^>]*>)*[{%#]")
_NAME = re.compile(r"'([^']+)'")
_RENDERED = re.compile(r"word/(document\d*|footnotes|(header|footer)\d*)\.xml")
_PROPERTIES = frozenset({"creator", "description", "identifier", "language", "subject", "title"})
"""The properties that docxtpl renders (its `render_properties`)."""
_LOSES = frozenset({"DTL209"})
"""Rules that the linter only warns of, though words are lost: text beside a tag that takes its paragraph, row or cell."""
_MERGES = re.compile(r"\S[^\S\n]*\{%-.*?%\}|\{%.*?-%\}[^\S\n]*\S", re.DOTALL)
_BEGINS = re.compile(r"<w:p(?=[ >])")
_MARKUP = re.compile(r"<[^>]*>")
_LITERAL = (("{{", "{_{"), ("}}", "}_}"), ("{%", "{_%"), ("%}", "%_}"))
"""How docxtpl writes braces that are no tag."""
_ADDRESS = re.compile(r"<[\w.]+ object(?: at 0x[0-9a-f]+)?>| at 0x[0-9a-f]+")
"""How Python names an object, which tells a reader nothing."""


def has_tags(form: Form) -> bool:
    """Say whether a form is a template: whether any of its texts holds a tag."""
    return any(_TAGGED.search(form.parts[part]) and TAG.search(text.of(form.tree(part))) for part in form.stories)


def literal(answer: Answer) -> Answer:
    """Return an answer whose braces come out as they are, where it is written into a template; raise `AnswerError` for ``{#``."""
    if "{#" in answer.text:
        raise AnswerError("“{#” begins a comment in this form, which is a template with tags", "write it otherwise")
    words = answer.text
    for mark, plain in _LITERAL:
        words = words.replace(mark, plain)
    rows = answer.records
    records = tuple({name: literal(each) for name, each in row.items()} for row in rows) if rows is not None else None
    return replace(answer, text=words, records=records)


def problems(form: Form, content: bytes, environment: jinja2.Environment) -> Iterator[Problem]:
    """Yield what the linter finds, each with its part, paragraph and the tag's text, and the words that would be lost."""
    where = Location(form.path)
    try:
        issues = lint(content, jinja_env=environment, autoescape=True).issues
    except Exception as error:  # noqa: BLE001 - the linter fails on odd files in many ways
        message = f"the tags cannot be read: {_in_words(error)}"
        yield Problem(Severity.ERROR, "form.template", message, where, "write simpler tags")
        return
    for issue in issues:
        severity = Severity.ERROR if issue.severity == "error" or issue.rule in _LOSES else Severity.WARNING
        message = f"{issue.location.human()}: {issue.message} “{issue.snippet[:80]}”"
        yield Problem(severity, "form.template", message, where, f"rule {issue.rule} of docxtpl-lint")
    for part in form.stories:
        for number, paragraph in enumerate(form.tree(part).iter(text.P), 1):
            if match := _MERGES.search(text.of(paragraph)):
                message = f"{part} ¶{number}: the words beside “{match[0].strip()[:80]}” would be lost"
                hint = "a tag with a minus needs a paragraph of its own: it joins the one before or after it"
                yield Problem(Severity.ERROR, "form.template", message, where, hint)


class _TagSandbox(PlainSandbox):
    """Tags see a text by language as it stands in the form's language, so that filters take it."""

    printed: Callable[[Any], Any]

    def checked(self, value: Any) -> Any:
        value = super().checked(value)
        return self.printed(value) if isinstance(value, Text) else value


def environment(printed: Callable[[Any], Any], filters: Mapping[str, Any]) -> PlainSandbox:
    """Return the environment that templates are rendered in: plain values alone, strict about names, escaping on."""
    sandbox = _TagSandbox(undefined=jinja2.StrictUndefined, autoescape=True, finalize=printed)
    sandbox.printed = printed
    sandbox.filters.update(filters)
    return sandbox


def render(form: Form, content: bytes, values: Mapping[str, Any], sandbox: PlainSandbox, pictures: Path) -> bytes:
    """Return the rendered file; raise `ReportError` with the paragraph of a tag that cannot be rendered."""
    inserts = RichContent(pictures, content, sandbox.finalize or str)
    sandbox.globals.update(picture=inserts.picture, rich=inserts.rich)
    template = _Template(form, content, inserts)
    try:
        template.render(dict(values), sandbox, autoescape=True)
        out = io.BytesIO()
        template.save(out)
    except ReportError:
        raise
    except Exception as error:  # noqa: BLE001 - docxtpl and python-docx fail on odd files in many ways
        message = f"the template cannot be rendered: {_in_words(error)}"
        hint = "look at tags that span rows or cells"
        raise ReportError.of("form.template", message, Location(form.path), hint) from None
    rendered = _with_unchanged_parts(form, out.getvalue())
    package.opened(form.path, rendered)
    return rendered


class _Template(docxtpl.DocxTemplate):  # type: ignore[misc]
    """docxtpl's template. What tags insert comes after rendering, and a tag's mistake is located.

    Its properties are set as text, so they are not escaped for XML before.
    """

    def __init__(self, form: Form, content: bytes, inserts: RichContent):
        super().__init__(io.BytesIO(content))
        self._form, self._inserts = form, inserts

    def render_properties(self, context: dict[str, Any], jinja_env: jinja2.Environment | None = None) -> None:
        if all(each.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES for each in self.docx.part.package.rels.values()):
            return
        plain = jinja_env.overlay(autoescape=False) if jinja_env else None
        try:
            with self._inserts.refused():
                super().render_properties(context, plain)
        except Exception as error:  # noqa: BLE001 - a tag may fail in every way
            raise ReportError([self._at_fault(error, "docProps/core.xml", "")]) from None

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        name = str(part.partname).lstrip("/")
        try:
            rendered: str = super().render_xml_part(src_xml, part, context, jinja_env)
        except Exception as error:  # noqa: BLE001 - a tag may fail in every way
            raise ReportError([self._at_fault(error, name, src_xml)]) from None
        rendered = self._inserts.put(rendered, part, Location(self._form.path))
        _refuse_broken(rendered, name, self._form.path)
        return rendered

    def _at_fault(self, error: Exception, part: str, source: str) -> Problem:
        """Return the problem of a tag, with the paragraph that it stands in."""
        hint = "the names are those of the facts, such as organisation.name"
        if isinstance(error, AnswerError):
            hint = error.hint or hint
        message = _in_words(error)
        where = _where(self._form, part, _tags_at_fault(error, source), message)
        return Problem(Severity.ERROR, "form.template", f"{where}{message}", Location(self._form.path), hint)


def _in_words(error: Exception) -> str:
    """Return what a message says of an error."""
    if isinstance(error, RecursionError):
        return "tags are nested too deeply, or call themselves endlessly"
    if isinstance(error, MemoryError):
        return "it needs more memory than there is"
    if isinstance(error, jinja2.TemplateError | AnswerError):
        return str(error.message or error)
    words = " ".join(_ADDRESS.sub("", str(error)).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _tags_at_fault(error: Exception, source: str) -> list[str]:
    """Return the tags of the line that an error comes from; docxtpl gives each paragraph a line of its own."""
    line = getattr(error, "lineno", None)
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == "<template>":
            line = frame.lineno
    lines = _BEGINS.sub("\n<w:p", source).splitlines()
    if not line or line > len(lines):
        return []
    return [html.unescape(tag) for tag in TAG.findall(_MARKUP.sub("", lines[line - 1]))]


def _where(form: Form, part: str, tags: list[str], message: str) -> str:
    """Return which paragraph of a part holds one of these tags, the one that an error's words name if they do."""
    names = _NAME.findall(message)
    suspects = {_bare(tag) for tag in tags if any(name in tag for name in names)} or {_bare(tag) for tag in tags}
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names) if names and not suspects else "(?!)")
    for number, paragraph in enumerate(form.tree(part).iter(text.P) if part in form.parts else (), 1):
        for tag in TAG.findall(text.of(paragraph)):
            if _bare(tag) in suspects or named.search(tag):
                return f"{part} ¶{number} “{tag[:80]}”: "
    return f"{part}: " if part else ""


def _bare(tag: str) -> str:
    """Return what a tag says: docxtpl takes the letter of its row, cell or paragraph out, and straightens its quotes."""
    return re.sub(r"^(tr|tc|p|r) |\W", "", tag.strip("{%#}- ").replace("\n", " "))


def _refuse_broken(xml: str, part: str, path: Path) -> None:
    """Raise `ReportError` where what was rendered is no sound XML: docxtpl would go on and lose words in silence."""
    try:
        root = etree.fromstring(xml.encode(), parser())
        wrong = next((text.of(p) for p in root.iter(text.P) for t in p.iter(text.T) if len(t)), None)
        if wrong is None:
            return
        message = f"{part}: formatted text inside plain text: “{wrong[:80]}”"
    except (etree.XMLSyntaxError, ValueError) as error:
        message = f"{part}: the tags produce invalid Word text: {_ADDRESS.sub('', str(error))[:120]}"
    hint = "write {{r rich(…) }} with the r, and {{ picture(…) }} without; tags that span rows are {%tr … %}"
    raise ReportError.of("form.template", message, Location(path), hint)


def _with_unchanged_parts(form: Form, rendered: bytes) -> bytes:
    """Restore the order of the parts, and the bytes of those whose content is the same as before."""
    with zipfile.ZipFile(io.BytesIO(rendered)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    names = [*(n for n in form.parts if n in parts), *(n for n in parts if n not in form.parts)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            before = form.parts.get(name, b"")
            archive.writestr(zip_entry(name), before if _is_same(before, parts[name]) else parts[name])
    return out.getvalue()


def _is_same(one: bytes, other: bytes) -> bool:
    try:
        roots = (etree.fromstring(content, parser()) for content in (one, other))
        return one == other or len({etree.tostring(root, method="c14n") for root in roots}) == 1
    except (etree.XMLSyntaxError, ValueError):
        return False


def unrendered(form: Form) -> Iterator[str]:
    """Yield the tags that stand where docxtpl renders nothing: they would be handed in as they are."""
    for name in form.parts:
        if not name.endswith(".xml") or not name.startswith(("word/", "docProps/")) or _RENDERED.fullmatch(name):
            continue
        if name == "docProps/core.xml":
            texts = [e.text or "" for e in form.tree(name) if etree.QName(e).localname not in _PROPERTIES]
        elif _TAGGED.search(form.parts[name]):
            texts = [text.of(form.tree(name))] if name.startswith("word/") else list(form.tree(name).itertext())
        else:
            continue
        yield from (f"{name} “{tag[:60]}”" for words in texts for tag in TAG.findall(words))
