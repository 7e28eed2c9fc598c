"""Translations, dates, affiliations and objectives: what is missing, or contradicts something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.model import codes, provenance
from report.model.affiliation import Affiliation
from report.model.checks.fault import ORDER, fault
from report.model.dossier import Dossier
from report.model.objective import Objective
from report.model.programme import OwnProgramme
from report.model.suggestions import nearest
from report.model.walk import LocatedText, Part, Steps, parts, texts_of
from report.source.caching import cached_by_identity
from report.values import Problem, Severity

MAX = {"name": 300, "acronym": 60, "label": 120, "title": 300, "subtitle": 200}
"""Most characters of a name, an acronym, a label, a title."""
NUMBERS = "correct one of the two numbers"
SHORTEN = "shorten it; there is room for more in a summary"
MAX_COVER_TITLE = 110
"""Most characters of a document's title: it stands in large type above the cover's art."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with texts, affiliations, objectives, periods, and what is undated."""
    yield from _lengths(dossier)
    yield from _unknown_languages(dossier)
    yield from _translations(dossier)
    yield from _affiliations(dossier)
    yield from _objectives(dossier)
    yield from _periods(dossier)
    yield from _provenance(dossier)


def _problem(
    dossier: Dossier, severity: Severity, code: str, message: str, file: str, steps: Steps, hint: str | None = None
) -> Problem:
    return Problem(severity, code, message, dossier.locate(file, *steps), hint)


def _lengths(dossier: Dossier) -> Iterator[Problem]:
    """Names and titles stand in headers, contents and labels: a very long one is a slip, and would stall the layout."""
    for part in parts(dossier):
        for file, steps, message in _long(part):
            yield _problem(dossier, Severity.ERROR, "text.long", message, file, steps, SHORTEN)


@cached_by_identity
def _long(part: Part) -> tuple[tuple[str, Steps, str], ...]:
    """Return the file of every text that is too long, the steps to it, and what is said of it."""
    long = []
    for found in texts_of(part):
        name = str(found.steps[-1])
        most = MAX_COVER_TITLE if (found.file, name) == ("documents.yaml", "title") else MAX.get(name)
        for language, text in found.text.by_language.items() if most else ():
            if most and len(text) > most:
                message = f"the {name} has {len(text):,} characters; the most is {most}"
                long.append((found.file, (*found.steps, language), message))
    return tuple(long)


def _unknown_languages(dossier: Dossier) -> Iterator[Problem]:
    known = list(
        dict.fromkeys([*dossier.organisation.languages, *(one for r in dossier.documents for one in r.languages)])
    )
    for part in parts(dossier):
        for file, steps in _of_no_language(part):
            code = str(steps[-1])
            meant = codes.language_meant(code, known)
            hint = f"write {meant}" if meant else "write the code of ISO 639, such as en or bg"
            where, message = (
                dossier.locate(file, *steps, key=True),
                f"'{code}' is not the code of a language: no document prints this text",
            )
            yield Problem(Severity.WARNING, "text.language", message, where, hint)


@cached_by_identity
def _of_no_language(part: Part) -> tuple[tuple[str, Steps], ...]:
    """Return the texts in languages that there are not, by file and steps."""
    found = ((one.file, (*one.steps, language)) for one in texts_of(part) for language in one.text.by_language)
    return tuple((file, steps) for file, steps in found if not codes.is_language(str(steps[-1])))


def _translations(dossier: Dossier) -> Iterator[Problem]:
    """Yield what a call lacks in its languages: it goes to no document, which would tell of it."""
    for part in parts(dossier):
        for found in texts_of(part):
            if found.in_call:
                for language in dossier.calls[int(found.steps[1])].languages:
                    yield from _untold(dossier, found, language)


def untranslated(dossier: Dossier) -> Iterator[Problem]:
    """Yield an error for each text that is missing in a language of the documents, whether or not they print it."""
    wanted = frozenset(language for request in dossier.documents for language in request.languages)
    for found in _partly_told(dossier, wanted):
        asked = dossier.documents[int(found.steps[1])].languages if found.file == "documents.yaml" else sorted(wanted)
        for language in asked:
            if not any(
                found.text.in_language(language, one.fallback) for one in dossier.documents if language in one.languages
            ):
                yield from _untold(dossier, found, language)


def _untold(dossier: Dossier, found: LocatedText, language: str) -> Iterator[Problem]:
    if found.text.in_language(language) is None:
        spoken = ", ".join(found.text.by_language)
        message = f"the text is missing in '{language}'; it has {spoken}"
        hint = dossier.files[found.file].to_translate(found.steps, spoken, language)
        yield _problem(dossier, Severity.ERROR, "text.missing", message, found.file, found.steps, hint)


def _partly_told(dossier: Dossier, wanted: frozenset[str]) -> Iterator[LocatedText]:
    """Yield the texts of documents that are not told in every language that is wanted."""
    for part in parts(dossier):
        if not all(wanted <= languages for languages in _languages(part)):
            for found in texts_of(part):
                if not (found.in_call or found.text.original or wanted <= found.text.by_language.keys()):
                    yield found


@cached_by_identity
def _languages(part: Part) -> frozenset[frozenset[str]]:
    """Return which languages together the texts of documents are told in."""
    told = (found for found in texts_of(part) if not (found.in_call or found.text.original))
    return frozenset(frozenset(found.text.by_language) for found in told)


def _affiliations(dossier: Dossier) -> Iterator[Problem]:
    earlier: dict[str, list[Affiliation]] = {}
    for index, affiliation in enumerate(dossier.affiliations):
        others = earlier.setdefault(affiliation.network, [])
        if other := next((a for a in others if not _follow(a, affiliation)), None):
            message = f"the tie '{other.id}' is to the same network"
            yield _problem(
                dossier,
                Severity.WARNING,
                "affiliation.twice",
                message,
                "affiliations.yaml",
                ("affiliations", index, "network"),
                "say in one record what the tie is; or, where one ended before this one began, add  until: …  to it",
            )
        others.append(affiliation)
        yield from _groups(dossier, index)
        network = dossier.network_of(affiliation)
        own = {programme.id for programme in network.programmes}
        for place, programme in enumerate(affiliation.programmes):
            if programme not in own:
                message = f"the programme '{programme}' is not one of {network.id}'s"
                steps: Steps = ("affiliations", index, "programmes", place)
                hint = nearest(programme, own) or f"add it to {network.id} in networks.yaml"
                yield fault(dossier, "affiliations.yaml", "affiliation.programme", message, *steps, hint=hint)


def _follow(one: Affiliation, other: Affiliation) -> bool:
    """Say whether one tie to a network ended before the other began, as a partner becomes a member."""
    pairs = ((one.until, other.since), (other.until, one.since))
    return any(until and since and not since.before(until) for until, since in pairs)


def _groups(dossier: Dossier, index: int) -> Iterator[Problem]:
    affiliation = dossier.affiliations[index]
    network, groups = dossier.network_of(affiliation), affiliation.working_groups
    if groups is None:
        return
    at: Steps = ("affiliations", index, "working_groups")
    if network.working_groups and groups.joined > network.working_groups:
        message = f"takes part in {groups.joined} working groups, but the network has {network.working_groups}"
        yield fault(dossier, "affiliations.yaml", "affiliation.groups", message, *at, "joined", hint=NUMBERS)
    if len(groups.names) > groups.joined:
        message = f"{len(groups.names)} working groups are named, but {groups.joined} are joined"
        yield fault(dossier, "affiliations.yaml", "affiliation.groups", message, *at, "names", hint=NUMBERS)


def _objectives(dossier: Dossier) -> Iterator[Problem]:
    for index, objective in enumerate(dossier.objectives):
        if objective.kind != "own" and not objective.affiliations:
            message = f"a {objective.kind} objective belongs to at least one affiliation"
            yield _problem(
                dossier,
                Severity.ERROR,
                "objective.alone",
                message,
                "objectives.yaml",
                ("objectives", index),
                "add  affiliations: [id]",
            )


def _periods(dossier: Dossier) -> Iterator[Problem]:
    lists: tuple[tuple[str, Sequence[Affiliation | Objective | OwnProgramme]], ...] = (
        ("affiliations", dossier.affiliations),
        ("objectives", dossier.objectives),
        ("programmes", dossier.programmes),
    )
    for file, facts in lists:
        for index, fact in enumerate(facts):
            if fact.since and fact.until and fact.until.before(fact.since):
                message, where = f"ends ({fact.until}) before it begins ({fact.since})", (file, index, "until")
                yield _problem(dossier, Severity.ERROR, "date.order", message, f"{file}.yaml", where, ORDER)
    founded = dossier.organisation.founded
    latest = max((request.date for request in dossier.documents), default=None)
    if founded and latest and founded.year > latest.year:
        message = f"it is founded in {founded.year}, after the date of its documents"
        yield _problem(dossier, Severity.WARNING, "date.future", message, "organisation.yaml", ("founded",), ORDER)
    for index, request in enumerate(dossier.documents):
        if request.year is not None and not {f"{request.year}/year.yaml"} & {*dossier.files, *dossier.unreadable}:
            there = ", ".join(map(str, dossier.years))
            hint = f"available: {there}" if there else f"make a folder {request.year} with a year.yaml"
            message, steps = f"there are no facts of {request.year}", ("documents", index, "year")
            yield _problem(dossier, Severity.ERROR, "document.year", message, "documents.yaml", steps, hint)
    shared = dossier.files.get("networks.yaml")
    listed = shared.data.get("networks") or () if shared else ()
    order = {raw["id"]: place for place, raw in enumerate(listed)}
    for network in dossier.networks.values():
        for place, programme in enumerate(network.programmes):
            if programme.since and programme.until and programme.until.before(programme.since):
                message = f"ends ({programme.until}) before it begins ({programme.since})"
                place_of = ("networks", order[network.id], "programmes", place, "until")
                yield _problem(dossier, Severity.ERROR, "date.order", message, "networks.yaml", place_of, ORDER)


def _provenance(dossier: Dossier) -> Iterator[Problem]:
    for fact in provenance.undated(dossier):
        message, hint = _UNDATED[fact.aspect]
        yield _problem(dossier, Severity.NOTE, f"undated.{fact.aspect}", message, fact.file, fact.steps, hint)
    for request in dossier.documents:
        for file, steps, as_of in provenance.stale(dossier, request.date):
            message = f"the fact is of {as_of}, more than {provenance.STALE_AFTER_YEARS} years before {request.id} ({request.date})"
            yield _problem(
                dossier,
                Severity.WARNING,
                "fact.stale",
                message,
                file,
                steps,
                "ask for a newer one, or say why it still holds",
            )


_UNDATED = {
    "figure": ("the figure has no date", "add  as_of: 2025  when you know it"),
    "since": ("the affiliation does not say since when", "add  since: 2010  when you know it"),
}
