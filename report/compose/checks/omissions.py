"""Facts that a document was asked for and does not print, and why: nothing is left out without a word.

A document is asked for a kind of fact where one of its sections goes through them. What it printed is looked up in its words, so
that it does not matter how a template chooses.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar
from xml.etree import ElementTree as ET

import jinja2
from jinja2 import meta, nodes

from report.model.affiliation import Affiliation
from report.model.dates import PartialDate
from report.model.document import DocumentRequest
from report.model.dossier import Dossier, YearFacts
from report.model.objective import Objective
from report.model.person import Person
from report.model.programme import OwnProgramme
from report.model.text import FOREIGN, Passage, Text
from report.model.validity import at, is_valid
from report.values import Location, Problem, Severity

Changing = TypeVar("Changing", Person, Affiliation, Objective, OwnProgramme)
_NAMED = 20
"""So many facts are named; of more, how many there are."""
_LETTERS = 60
"""Letters of a text by which it is known."""
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"(?<=\])\([^()\s]*\)")
"""The addresses of links in Markdown."""
_SYNTAX = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
"""What templates are parsed with, to see what they name."""


class Saying(NamedTuple):
    """A text by its first words and by its identity."""

    words: str
    identity: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a document may print: how it is called, where it stands, by which texts or
    files it is known, and why it may be left out.

    What has a text in `common` with others is known by it as well, unless others are there by texts of their own (`others`) and it
    is not. What is `gone` by its dates is there by a text of its own alone.
    """

    name: str
    file: str
    steps: tuple[str | int, ...]
    texts: tuple[Saying, ...]
    reason: str = ""
    files: tuple[str, ...] = ()
    common: tuple[Saying, ...] = ()
    others: tuple[Saying, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact by its word in the singular and the plural, and the names by which templates go through such facts."""

    one: str
    many: str
    names: frozenset[str]


KINDS = {
    "programmes": Kind("programme", "programmes", frozenset({"year.programmes", "programmes"})),
    "activities": Kind("activity", "activities", frozenset({".activities"})),
    "stories": Kind("story", "stories", frozenset({".stories"})),
    "indicators": Kind("indicator", "indicators", frozenset({"year.scores"})),
    "people": Kind("person", "people", frozenset({"people"})),
    "projects": Kind("project", "projects", frozenset({"projects"})),
    "donations": Kind("donation", "donations", frozenset({"year.received", "year.given"})),
    "pictures": Kind("picture", "pictures", frozenset({".pictures"})),
    "lessons": Kind("lesson", "lessons", frozenset({".lessons"})),
    "risks": Kind("risk", "risks", frozenset({".risks"})),
    "plans": Kind("plan", "plans", frozenset({".plans"})),
    "publications": Kind("publication", "publications", frozenset({".publications"})),
    "affiliations": Kind("affiliation", "affiliations", frozenset({"affiliations", "networks"})),
    "objectives": Kind("objective", "objectives", frozenset({"objectives"})),
}


def asked(environment: jinja2.Environment, kind: str, sections: Collection[str]) -> frozenset[str]:
    """Return which kinds of facts the sections of a document go through."""
    used = _names(environment, f"{kind}/body.html.j2", frozenset())
    for section in sections:
        used |= _names(environment, f"{kind}/sections/{section}.html.j2", frozenset())
    return frozenset(name for name, one in KINDS.items() if one.names & used)


def _names(environment: jinja2.Environment, template: str, seen: frozenset[str]) -> set[str]:
    """Return the names that a template uses, and those that it includes: ``people``, ``year.scores``, ``.stories``."""
    if template in seen or environment.loader is None:
        return set()
    try:
        used, included = _mentioned(environment.loader.get_source(environment, template)[0])
    except (jinja2.TemplateNotFound, jinja2.TemplateSyntaxError):  # told where it is rendered
        return set()
    found = set(used)
    for other in included:
        found |= _names(environment, other, seen | {template})
    return found


@functools.lru_cache(maxsize=512)
def _mentioned(source: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names that the text of a template uses, and the sections that it includes; a text is parsed once."""
    tree = _SYNTAX.parse(source)
    found = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    for node in tree.find_all(nodes.Getattr):
        found.add(f".{node.attr}")
        if isinstance(node.node, nodes.Name):
            found.add(f"{node.node.name}.{node.attr}")
    included = (other for other in meta.find_referenced_templates(tree) if other and "/sections/" in other)
    return frozenset(found), tuple(included)


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document printed: its words, its pictures, and whether it prints a choice of the facts by design or by request."""

    words: str
    pictures: Collection[str]
    chosen: bool
    texts: Set[int] | None = None
    """The identities of the texts that were written, where that is known: words may stand there for another fact."""

    @classmethod
    def of(cls, root: ET.Element, pictures: Collection[str], chosen: bool, texts: Set[int] | None = None) -> Printed:
        """Return what stands in a composed document."""
        return cls(_words(" ".join(root.itertext())), pictures, chosen, texts)

    def says(self, text: Saying) -> bool:
        """Say whether a text is there."""
        return text.words in self.words and (self.texts is None or text.identity in self.texts)

    def has(self, fact: Fact) -> bool:
        """Say whether a fact is there; one without any text of its own is not looked for."""
        if any(map(self.says, fact.texts)) or any(file in self.pictures for file in fact.files):
            return True
        if fact.common:
            return any(map(self.says, fact.common)) and not (fact.texts and any(map(self.says, fact.others)))
        return not (fact.texts or fact.files or fact.gone)


def left_out(
    dossier: Dossier, request: DocumentRequest, language: str, wanted: Collection[str], printed: Printed
) -> Iterator[Problem]:
    """Yield a problem for each kind of fact that a document was asked for and does not print all of.

    It is a warning where nothing explains it, and a note where dates, a wish or the choice of sections do.
    """
    place = next((n for n, one in enumerate(dossier.documents) if one.id == request.id), None)
    where = dossier.locate("documents.yaml", *(() if place is None else ("documents", place)))
    for name in KINDS:
        missing: dict[str, list[Fact]] = {}
        for fact in _facts(dossier, request, name, language) if name in wanted else ():
            if not printed.has(fact):
                missing.setdefault(fact.reason, []).append(fact)
        for reason, facts in missing.items():
            yield _problem(dossier, request, KINDS[name], facts, reason, printed.chosen, where)


def unused(dossier: Dossier, printed: Collection[tuple[DocumentRequest, str, Printed]]) -> Iterator[Problem]:
    """Yield a note for each fact that none of an organisation's documents, each in a language, prints."""
    for name, kind in KINDS.items():
        seen: dict[tuple[str, tuple[str | int, ...]], tuple[Fact, bool]] = {}
        for request, language, there in printed:
            for fact in _facts(dossier, request, name, language, every=True):
                before = seen.get((fact.file, fact.steps), (fact, False))[1]
                seen[fact.file, fact.steps] = fact, before or there.has(fact)
        for fact, used in seen.values():
            if not used:
                message = f"no document prints the {kind.one} {fact.name}"
                where = dossier.locate(fact.file, *fact.steps)
                yield Problem(Severity.NOTE, "fact.unused", message, where, "name its year, or a section that prints it, in documents.yaml")  # fmt: skip


def _problem(
    dossier: Dossier,
    request: DocumentRequest,
    kind: Kind,
    facts: list[Fact],
    reason: str,
    chosen: bool,
    where: Location | None,
) -> Problem:
    named = ", ".join(f"{fact.name}{_line(dossier, fact)}" for fact in facts[:_NAMED])
    more = f" and {len(facts) - _NAMED} more" if len(facts) > _NAMED else ""
    counted = f"{len(facts)} {kind.one if len(facts) == 1 else kind.many}"
    why = reason or "none of its sections has room for them, or prints them"
    message = f"{request.id} leaves out {counted} ({why}): {named}{more}"
    if reason or chosen:
        return Problem(
            Severity.NOTE,
            "document.leaves-out",
            message,
            where,
            "correct the facts, or its sections, if that is not meant",
        )
    return Problem(
        Severity.WARNING,
        "document.leaves-out",
        message,
        where,
        "print them in a section of a template of your own, or in another document",
    )


def _line(dossier: Dossier, fact: Fact) -> str:
    found = dossier.locate(fact.file, *fact.steps)
    return f" ({fact.file}:{found.line})" if found and found.line else ""


def _words(text: str) -> str:
    """Return the words of a text without its signs and marks, one blank before and after each."""
    plain = _MARKS.sub("", FOREIGN.sub(r"\1", text)).casefold()
    return f" {' '.join(_WORD.findall(plain))} "


def _facts(dossier: Dossier, request: DocumentRequest, name: str, language: str, every: bool = False) -> Iterator[Fact]:
    """Yield the facts of a kind that a document may print: of its year, or of `every` one."""
    known = functools.partial(beginnings, language=language, fallback=request.fallback)
    year = dossier.years.get(request.year) if request.year is not None else None
    if name in ("affiliations", "objectives", "people", "programmes", "projects"):
        yield from _of_the_organisation(dossier, request, name, known)
    for one in dossier.years.values() if every else [year] if year else []:
        yield from _of_the_year(dossier, one, name, known)


def _of_the_organisation(dossier: Dossier, request: DocumentRequest, name: str, known: Any) -> Iterator[Fact]:
    period, going_on = dossier.period(request), dossier.going_on(request)
    networks = at(dossier, *period).networks

    def outside(fact: Person | Affiliation | Objective | OwnProgramme) -> str:
        valid = is_valid(fact, *period) and going_on(fact)
        return "" if valid else f"their dates are outside {request.year or 'its year'}"

    ties = tuple(_once(dossier.affiliations if name == "affiliations" else (), period))
    for index, one in ties:
        network, reason = networks[one.network], outside(one)
        others = (tie for _, tie in ties if tie.network == one.network and tie is not one and not outside(tie))
        yield Fact(
            one.id,
            "affiliations.yaml",
            (name, index),
            known(*_own(one)),
            reason,
            common=() if reason else known(network.name, network.acronym),
            others=known(*(text for tie in others for text in _own(tie))),
            gone=bool(reason),
        )
    for index, aim in _once(dossier.objectives if name == "objectives" else (), period):
        yield Fact(aim.id, "objectives.yaml", (name, index), known(aim.text), outside(aim))
    for index, programme in _once(dossier.programmes if name == "programmes" else (), period):
        yield Fact(programme.id, "programmes.yaml", (name, index), known(programme.name), outside(programme))
    for index, person in _once(dossier.people if name == "people" else (), period):
        reason = "" if person.publish else "they asked not to be named"
        yield Fact(person.id, "people.yaml", (name, index), known(person.name, person.role), reason or outside(person))
    for index, project in enumerate(dossier.projects if name == "projects" else ()):
        begun = not project.since or not PartialDate.of(request.date).before(project.since)
        reason = "they ended before the time that it counts" if project.until else ""
        yield Fact(
            project.id,
            "projects.yaml",
            (name, index),
            known(project.title),
            reason if begun else "they begin after its date",
        )


def _own(tie: Affiliation) -> tuple[Text | Passage | None, ...]:
    """Return the texts that are of a tie alone, not of its network."""
    return (tie.role, *(tie.working_groups.names if tie.working_groups else ()))


def _once(values: Sequence[Changing], period: tuple[datetime.date, datetime.date]) -> Iterator[tuple[int, Changing]]:
    """Yield facts with their places, without what is said of them at other times."""
    valid = {one.id for one in values if is_valid(one, *period)}
    for index, one in enumerate(values):
        if is_valid(one, *period) or one.id not in valid:
            yield index, one


def _of_the_year(dossier: Dossier, year: YearFacts, name: str, known: Any) -> Iterator[Fact]:
    number = year.number
    measured = {result.indicator for result in year.results}
    for index, indicator in enumerate(dossier.indicators if name == "indicators" else ()):
        reason = "" if indicator.id in measured else f"{number}/results.yaml has no result of them"
        yield Fact(indicator.id, "programmes.yaml", (name, index), known(indicator.name), reason)
    for file, key, kind, values in (
        ("activities.yaml", "activities", "activities", year.activities),
        ("stories.yaml", "stories", "stories", year.stories),
        ("donations.yaml", "received", "donations", year.received),
        ("donations.yaml", "given", "donations", year.given),
        ("year.yaml", "lessons", "lessons", year.year.lessons),
        ("year.yaml", "risks", "risks", year.year.risks),
        ("year.yaml", "plans", "plans", year.year.plans),
        ("year.yaml", "publications", "publications", year.year.publications),
    ):
        for index, one in enumerate(values if kind == name else ()):  # type: ignore[arg-type]
            yield Fact(_called(one, index), f"{number}/{file}", (key, index), known(*texts_of(one)))
    for index, picture in enumerate(year.year.pictures if name == "pictures" else ()):
        yield Fact(picture.file, f"{number}/year.yaml", ("pictures", index), (), files=(picture.file,))


def _called(one: Any, index: int) -> str:
    return str(getattr(one, "id", None) or f"number {index + 1}")


def texts_of(one: Any) -> Iterator[Text | Passage | None]:
    """Yield the texts of a fact: it is printed where one of them is."""
    for name in type(one).model_fields:
        if isinstance(value := getattr(one, name), Text | Passage):
            yield value


def beginnings(*texts: Text | Passage | None, language: str, fallback: str | None) -> tuple[Saying, ...]:
    """Return the beginnings of texts, in the document's language or the one that stands in, as words."""
    found = []
    for text in texts:
        for variant in text.variants.values() if isinstance(text, Passage) else [text] if text else []:
            said = variant.in_language(language, fallback)
            if said:
                words = _words(said.text)
                cut = words if len(words) <= _LETTERS else words[: words.rindex(" ", 0, _LETTERS) + 1]
                found.append(Saying(cut, id(variant)))
    return tuple(found)
