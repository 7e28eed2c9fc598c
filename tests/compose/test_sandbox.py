"""Nothing but plain values is within the reach of a template of `templates/`, or of a tag of a Word form."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import jinja2
import pytest
from jinja2.sandbox import SecurityError
from lxml import etree
from PIL import Image

from report import pipeline
from report.compose.templates import rendering
from report.compose.templates.allowed import is_plain
from report.compose.templates.environment import environment, render
from report.compose.templates.sandbox import PlainSandbox
from report.forms import template
from report.forms.fill import FactSource
from report.language import labels
from report.language.writer import Writer
from report.model.dossier import Dossier
from report.workspace import Workspace
from tests.compose import walk
from tests.conftest import ROOT
from tests.forms import funder, support

Given = tuple[PlainSandbox, Mapping[str, Any]]


def given_to_templates(organisation: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Given]:
    """Return what the templates of each kind of document are given, by kind."""
    found: dict[str, Given] = {}

    def spy(made: PlainSandbox, name: str, values: dict[str, Any]) -> str:
        found.setdefault(name, (made, values))
        return render(made, name, values)

    monkeypatch.setattr(rendering, "render", spy)
    workspace = Workspace.at(ROOT)
    checked = pipeline.check(workspace, organisation, templates=False)
    assert checked.dossier, checked.errors
    kinds: set[str] = set()
    for request in checked.dossier.documents:
        if request.kind not in kinds:
            kinds.add(request.kind)
            job = pipeline.jobs(checked.dossier, (request.id,), request.languages[:1], ("html",), ())[0]
            pipeline.prepare(workspace, job, checked.dossier)
    return found


def test_templates_reach_plain_values_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    found = given_to_templates("lantern-bridge", monkeypatch) | given_to_templates("spoc", monkeypatch)
    assert len(found) > 10
    for kind, (made, values) in found.items():
        assert not walk.strangers(made, values), kind


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    checked = pipeline.check(Workspace.at(ROOT), "spoc", templates=False)
    assert checked.dossier, checked.errors
    return checked.dossier


@pytest.fixture(scope="module")
def given_to_tags(tmp_path_factory: pytest.TempPathFactory) -> Given:
    """Return what the tags of a Word form are given, with the functions that are set while it is rendered."""
    found: list[Given] = []
    original = template.render

    def spy(form: Any, content: bytes, values: Any, made: PlainSandbox, pictures: Path) -> bytes:
        found.append((made, values))
        return original(form, content, values, made, pictures)

    tmp_path = tmp_path_factory.mktemp("form")
    checked = pipeline.check(Workspace.at(ROOT), "lantern-bridge", templates=False)
    Image.new("RGB", (40, 20)).save(tmp_path / "logo.png")
    form = tmp_path / "form.docx"
    body = "{{ organisation.name }} {{ picture('logo.png', 'Our logo') }}"
    form.write_bytes(funder.package(funder.p(body) + funder.p("{{r rich(organisation.name) }}")))
    fields = [{"address": "tag:organisation.name", "fact": "organisation.name"}]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(template, "render", spy)
        done = support.filled(form, fields, FactSource(checked.dossier, tmp_path, "en"))
    assert done.content, done.problems
    return found[0]


def test_tags_reach_plain_values_alone(given_to_tags: Given) -> None:
    made, values = given_to_tags
    assert "picture" in made.globals and "rich" in made.globals
    assert not walk.strangers(made, values)
    context = made.from_string("").new_context({})
    for name, arguments in (("picture", ("logo.png", "x")), ("rich", ("x",))):
        assert type(made.call(context, made.globals[name], *arguments)) is str


class _Ours:
    """A class that is no fact."""

    def __init__(self) -> None:
        self.document = docx.Document()


STRANGERS = {
    "a Word document": docx.Document(),
    "an element": etree.fromstring("<a><b>x</b></a>"),
    "a text of lxml, which knows its parent": etree.fromstring("<a>x</a>").xpath("string()"),
    "a path": Path("."),
    "a module": docx,
    "a class": jinja2.Environment,
    "a picture": Image.new("RGB", (1, 1)),
    "an open file": io.BytesIO(b"x"),
    "an object": _Ours(),
    "a function of Python": open,
    "a method": docx.Document().save,
    "an environment": jinja2.Environment(),
}


@pytest.mark.parametrize("what", STRANGERS)
def test_what_a_library_owns_is_found_where_it_is_handed_in(what: str, given_to_tags: Given) -> None:
    made, _ = given_to_tags
    handed = STRANGERS[what]
    for given in ({"handed": handed}, {"handed": {"in": [handed]}}, {"handed": (1, [handed])}):
        assert walk.strangers(made, given)


@pytest.mark.parametrize("what", STRANGERS)
@pytest.mark.parametrize(
    "tag",
    ["{{ x }}", "{{ x.save }}", "{{ x['tag'] }}", "{{ x() }}", "{{ y.a }}", "{{ y.a.save('f') }}", "{{ y['a'] }}", "{{ f() }}", "{{ x.getparent() }}", "{{ z[0].save('f') }}", "{{ z|map(attribute='save')|list }}", "{{ x|attr('save') }}", "{% for e in z %}{{ e }}{% endfor %}"],
)  # fmt: skip
def test_and_is_of_no_use_there(what: str, tag: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    handed = STRANGERS[what]

    def function() -> object:
        return handed

    function.__module__ = "report.forms"
    made = PlainSandbox(undefined=jinja2.StrictUndefined, autoescape=True)
    with pytest.raises((SecurityError, jinja2.UndefinedError)):
        made.from_string(tag).render(x=handed, y={"a": handed}, z=[handed], f=function)
    assert not list(tmp_path.iterdir())


ESCAPES = [
    "picture('logo.png', 'x').tpl.docx.save('out')",
    "picture('logo.png', 'x').__class__",
    "rich('x').xml.__class__",
    "picture.__globals__",
    "picture.__func__.__globals__",
    "picture['__self__']",
    "picture|attr('__self__')",
    "organisation.model_construct()",
    "organisation.__class__.__mro__",
    "organisation.model_fields",
    "organisation['model_dump']()",
    "organisation|attr('model_dump_json')",
    "[organisation]|map(attribute='__class__')|list",
    "[organisation]|map('attr', 'model_dump')|list",
    "''.format.__self__",
    "'{0.__class__}'.format(organisation)",
    "'{0.__class__.__mro__}'.format_map({'0': organisation})",
    "'%s'.__mod__",
    "(1).to_bytes(10, 'big')",
    "range.__self__",
    "dict.__mro__",
    "namespace.__init__.__globals__",
    "self.__init__.__globals__",
    "self._TemplateReference__context",
    "nothing.__class__",
    "cycler.__init__.__globals__",
    "joiner.__init__.__globals__",
    "lipsum.__globals__",
    "organisation.name.by_language.__class__",
    "affiliations.__class__",
    "affiliations.append(1)",
    "years.update({'x': 1})",
    "organisation.name.told.__globals__",
    "organisation.name.validate('x', 'en')",
]


@pytest.mark.parametrize("escape", ESCAPES)
def test_an_escape_is_refused_at_its_tag(
    escape: str, dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Image.new("RGB", (40, 20)).save(tmp_path / "logo.png")
    form = tmp_path / "form.docx"
    form.write_bytes(
        funder.package(funder.p("{{ organisation.name }}") + funder.p("first") + funder.p(f"{{{{ {escape} }}}}"))
    )
    before = {path.name for path in tmp_path.iterdir()} | {"form.yaml"}
    fields = [{"address": "tag:organisation.name", "fact": "organisation.name"}]
    done = support.filled(form, fields, FactSource(dossier, tmp_path, "en"))
    assert done.content is None
    (problem,) = [p for p in done.problems if p.severity == "error"][:1]
    assert "document.xml ¶3" in problem.message, problem
    assert {path.name for path in tmp_path.iterdir()} <= before


@pytest.mark.parametrize(
    "tag",
    ["{{ picture }}", "{{ picture|string }}", "{{ picture ~ '' }}", "{{ [picture]|join }}", "{{ '%s' % picture }}", "{{ '%s'|format(picture) }}",
     "{{ picture|upper }}", "{{ picture|e }}", "{{ {'a': picture}|xmlattr }}", "{{ 'x'|replace('x', picture) }}", "{{ 'x'.upper|string }}", "{{ 'x'.upper }}",
     "{{ [1]|map('string')|string }}", "{{ self }}", "{{ namespace() }}", "{% for x in [1] %}{{ loop }}{% endfor %}", "{% macro m() %}{% endmacro %}{{ m }}",
     "{{ '%s' % ([1]|map('string')) }}", "{{ '%s %s' % (1, [1]|map('string')) }}", "{{ '%(a)s' % {'a': [1]} }}", "{{ '%s'|format([1]|map('string')) }}",
     "{{ [[1]|map('string')]|join }}", "{{ [{'a': [1]}]|join(', ', attribute='a') }}", "{{ 'a'|replace('a', [1]|map('string')) }}", "{{ {'a': [1]}|xmlattr }}",
     "{{ 'x'|indent([1]) }}", "{{ [organisation]|join }}",
     "{{ ([1]|map('string')) ~ '' }}", "{{ 'x' ~ [1] }}", "{{ {'a': 1} ~ 'x' }}", "{% set x = (1 ~ [2]|map('string')) %}{{ x }}",
     "{{ organisation ~ '' }}", "{{ organisation|string }}", "{{ '%s' % organisation }}", "{{ affiliations[0] ~ '' }}"],
)  # fmt: skip
def test_what_is_no_text_becomes_none_by_a_filter(tag: str, given_to_tags: Given) -> None:
    made, values = given_to_tags
    with pytest.raises((SecurityError, TypeError)):
        made.from_string(tag).render(values)


@pytest.mark.parametrize(
    "tag",
    ["{{ _('%(x)s', x=[1]|map('string')) }}", "{{ gettext('%(x)9999999d', x=1) }}", "{% trans x=[1]|map('string') %}{{ x }}{% endtrans %}",
     "{{ ngettext('%(num)s %(x)s', '%(num)s', 1, x=[1]) }}", "{{ pgettext('a', '%(x)s', x={}) }}"],
)  # fmt: skip
def test_what_is_translated_is_looked_at(tag: str, workspace: Workspace) -> None:
    made = environment(workspace, Writer("en"), labels.load(workspace, "en"))
    assert made.from_string("{{ _('%(x)s %%', x=1) }}").render() == "1 %"
    with pytest.raises(SecurityError):
        made.from_string(tag).render()


def test_a_block_that_is_not_there_is_told() -> None:
    with pytest.raises(jinja2.UndefinedError, match="there is no block 'nowhere'"):
        PlainSandbox(undefined=jinja2.StrictUndefined).from_string("{{ self.nowhere() }}").render()


def test_lists_are_printed_one_by_one() -> None:
    made = PlainSandbox()
    for value in ([1], (1,), {"a": 1}, {1}, iter([1]), (n for n in [1])):
        with pytest.raises(SecurityError, match="cannot be printed"):
            made.from_string("{{ x }}").render(x=value)


def test_plain_is_exact() -> None:
    assert is_plain("x") and is_plain(1) and is_plain({"a": 1})

    class Text(str):
        __slots__ = ()

    assert not is_plain(Text("x"))
