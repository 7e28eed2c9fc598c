"""Projects: dates in order, no part above the whole, each giver named once, each reference used once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from report.model.checks.money import EURO_IN_BULGARIA
from report.model.checks.place import Place
from report.model.dates import PartialDate
from report.model.dossier import Dossier
from report.model.project import Project
from report.values import Problem

CORRECT_ONE_AMOUNT = "correct one of the amounts"


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with the projects."""
    seen: dict[tuple[str, str], str] = {}
    for place, project in Place(dossier, "projects.yaml").each("projects", dossier.projects):
        yield from place.period(project.since, project.until)
        yield from _currency(place, project)
        yield from _amounts(place, project)
        yield from _givers(place, project)
        if project.reference:
            key = (_giver(project.funder, project.funder_name), "".join(project.reference.split()).casefold())
            if (first := seen.setdefault(key, project.id)) != project.id:
                message = f"the project '{first}' has the same reference of the same funder"
                hint = "correct one of the two references, or remove one of the projects"
                yield place.at("reference").error("project.reference", message, hint)


def _giver(id_: str | None, name: object) -> str:
    return id_ or repr(name)


def _currency(place: Place, project: Project) -> Iterator[Problem]:
    if project.currency == "BGN" and project.since and not project.since.before(PartialDate.of(EURO_IN_BULGARIA)):
        message = (
            f"a project that begins in {project.since} has no amounts in leva: the euro is Bulgaria's currency then"
        )
        hint = "write EUR and the amounts in euro, or correct the date"
        yield place.at("currency").warning("project.currency", message, hint)


def _amounts(place: Place, project: Project) -> Iterator[Problem]:
    for name in ("received", "granted"):
        amount = getattr(project, name)
        if amount is not None and amount < 0:
            message = f"the amount is negative: {amount}"
            yield place.at(name).error("project.amount", message, CORRECT_ONE_AMOUNT)
        if amount is not None and project.cost is not None and amount > project.cost:
            message = f"{amount} {project.currency} is more than the project cost ({project.cost})"
            yield place.at(name).error("project.amount", message, CORRECT_ONE_AMOUNT)
    if project.granted is not None and project.received is not None and project.received > project.granted:
        message = f"{project.received} was received of a grant of {project.granted}"
        yield place.at("received").error("project.amount", message, CORRECT_ONE_AMOUNT)
    if project.cost is None or project.contributed is None:
        return
    total = project.contributed + sum((other.amount for other in project.other_donors), Decimal())
    if project.other_donors and project.contributed <= project.cost < total:
        message = f"the givers paid {total} {project.currency} together, more than the project cost ({project.cost})"
        yield place.at("other_donors").error("project.donors", message, CORRECT_ONE_AMOUNT)


def _givers(place: Place, project: Project) -> Iterator[Problem]:
    """One giver is an id or a name, is there, and is there once."""
    main = (place, project.funder, project.funder_name, "funder", "funder_name")
    others = [
        (where, other.funder, other.name, "funder", "name")
        for where, other in place.each("other_donors", project.other_donors)
    ]
    seen: set[str] = set()
    for where, id_, name, id_field, name_field in (main, *others):
        if where is place and not (id_ or name):
            message = "its funder is not known: annexes of projects print “not known”"
            yield place.note("fact.unknown", message, "add  funder: id  or  funder_name: …  when you know it")
            continue
        if bool(id_) == bool(name):
            message = "the giver has both an id and a name" if id_ else "it does not say who gave"
            both = f"keep one of them: {id_field} or {name_field}"
            yield where.error("project.giver", message, both if id_ else f"add  {id_field}: id  or  {name_field}: …")
            continue
        if _giver(id_, name) in seen:
            yield where.error("project.giver", "the same giver is named before", "add the amounts up, in one entry")
        seen.add(_giver(id_, name))
    for where, gift in place.each("other_donors", project.other_donors):
        if gift.amount <= 0:
            message = f"the amount is not above zero: {gift.amount}"
            yield where.at("amount").error("project.amount", message, CORRECT_ONE_AMOUNT)
