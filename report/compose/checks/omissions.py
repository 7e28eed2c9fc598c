"""Facts that a document was asked for and does not print, and why: nothing is left out without a word.

A document is asked for a kind of fact where one of its sections goes through them. What it printed is looked up in its words, so
that it does not matter how a template chooses.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator

import jinja2
from jinja2 import meta, nodes

from report.compose.checks.candidates import KINDS, Fact, Kind, Scope
from report.compose.checks.draft import Draft
from report.compose.checks.printed import Printed
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.values import Problem, Severity

_NAMED = 20
"""So many facts are named; of more, how many there are."""
_SYNTAX = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
"""What templates are parsed with, to see what they name."""


def requested_kinds(draft: Draft) -> tuple[str, ...]:
    """Return which kinds of facts the sections of a document go through."""
    kind, none = draft.request.kind, frozenset[str]()
    names = _names(draft.sandbox, f"{kind}/body.html.j2", none).union(
        *(_names(draft.sandbox, f"{kind}/sections/{section}.html.j2", none) for section in draft.sections)
    )
    return tuple(name for name, one in KINDS.items() if one.names & names)


def _names(environment: jinja2.Environment, template: str, including: frozenset[str]) -> frozenset[str]:
    """Return the names that a template uses, and those that it includes: ``people``, ``year.scores``, ``.stories``."""
    if template in including or environment.loader is None:
        return frozenset()
    try:
        names, included = _mentioned(environment.loader.get_source(environment, template)[0])
    except (jinja2.TemplateNotFound, jinja2.TemplateSyntaxError):  # reported where it is rendered
        return frozenset()
    return names.union(*(_names(environment, other, including | {template}) for other in included))


@functools.lru_cache(maxsize=512)
def _mentioned(source: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names that the text of a template uses, and the sections that it includes; a text is parsed once."""
    tree = _SYNTAX.parse(source)
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    for node in tree.find_all(nodes.Getattr):
        names.add(f".{node.attr}")
        if isinstance(node.node, nodes.Name):
            names.add(f"{node.node.name}.{node.attr}")
    included = (other for other in meta.find_referenced_templates(tree) if other and "/sections/" in other)
    return frozenset(names), tuple(included)


def left_out(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each kind of fact that a document was asked for and does not print all of.

    It is a warning where nothing explains it, and a note where dates, a wish or the choice of sections do.
    """
    if not draft.speaks_for_all:
        return
    scope = Scope.of(draft.dossier, draft.request, draft.language)
    for name in requested_kinds(draft):
        missing: dict[str, list[Fact]] = {}
        for fact in KINDS[name].facts(scope):
            if not fact.is_in(draft.printed):
                missing.setdefault(fact.reason, []).append(fact)
        for reason, facts in missing.items():
            yield _problem(draft, KINDS[name], facts, reason)


def unused(dossier: Dossier, documents: Collection[tuple[DocumentRequest, str, Printed]]) -> Iterator[Problem]:
    """Yield a note for each fact that none of an organisation's documents, each in a language, prints."""
    for kind in KINDS.values():
        facts: dict[tuple[str, tuple[str | int, ...]], Fact] = {}
        used = set()
        for request, language, printed in documents:
            for fact in kind.facts(Scope.of(dossier, request, language, every_year=True)):
                facts[fact.file, fact.steps] = fact
                if fact.is_in(printed):
                    used.add((fact.file, fact.steps))
        for place, fact in facts.items():
            if place not in used:
                message = f"no document prints the {kind.one} {fact.name}"
                hint = "name its year, or a section that prints it, in documents.yaml"
                yield Problem(Severity.NOTE, "fact.unused", message, dossier.locate(fact.file, *fact.steps), hint)


def _problem(draft: Draft, kind: Kind, facts: list[Fact], reason: str) -> Problem:
    named = ", ".join(f"{fact.name}{_line(draft.dossier, fact)}" for fact in facts[:_NAMED])
    more = f" and {len(facts) - _NAMED} more" if len(facts) > _NAMED else ""
    counted = f"{len(facts)} {kind.one if len(facts) == 1 else kind.many}"
    why = reason or "none of its sections has room for them, or prints them"
    message = f"{draft.request.id} leaves out {counted} ({why}): {named}{more}"
    if reason or draft.printed.is_selection:
        severity, hint = Severity.NOTE, "correct the facts, or its sections, if that is not meant"
    else:
        severity = Severity.WARNING
        hint = "print them in a section of a template of your own, or in another document"
    return Problem(severity, "document.leaves-out", message, draft.place_in_requests(), hint)


def _line(dossier: Dossier, fact: Fact) -> str:
    where = dossier.locate(fact.file, *fact.steps)
    return f" ({fact.file}:{where.line})" if where and where.line else ""
