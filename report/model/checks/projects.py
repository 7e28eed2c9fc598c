"""Projects: dates in order, no part above the whole, each giver named once, each reference used once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from report.model.checks.fault import ORDER, fault
from report.model.checks.money import EURO_IN_BULGARIA
from report.model.dates import PartialDate
from report.model.dossier import Dossier
from report.model.project import Project
from report.values import Problem, Severity

FILE = "projects.yaml"
AMOUNTS = "correct one of the amounts"
_EURO = PartialDate(EURO_IN_BULGARIA.year, EURO_IN_BULGARIA.month, EURO_IN_BULGARIA.day)


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with the projects."""
    seen: dict[tuple[str, str], str] = {}
    for index, project in enumerate(dossier.projects):
        yield from _dates(dossier, index, project)
        yield from _amounts(dossier, index, project)
        yield from _givers(dossier, index, project)
        if project.reference:
            key = (_giver(project.funder, project.funder_name), "".join(project.reference.split()).casefold())
            if (first := seen.setdefault(key, project.id)) != project.id:
                message = f"the project '{first}' has the same reference of the same funder"
                hint = "correct one of the two references, or remove one of the projects"
                yield fault(dossier, FILE, "project.reference", message, "projects", index, "reference", hint=hint)


def _giver(id_: str | None, name: object) -> str:
    return id_ or repr(name)


def _dates(dossier: Dossier, index: int, project: Project) -> Iterator[Problem]:
    if project.since and project.until and project.until.before(project.since):
        message = f"ends ({project.until}) before it begins ({project.since})"
        yield fault(dossier, FILE, "date.order", message, "projects", index, "until", hint=ORDER)
    if project.currency == "BGN" and project.since and not project.since.before(_EURO):
        message = (
            f"a project that begins in {project.since} has no amounts in leva: the euro is Bulgaria's currency then"
        )
        hint = "write EUR and the amounts in euro, or correct the date"
        yield fault(
            dossier, FILE, "project.currency", message, "projects", index, "currency", hint=hint,
            severity=Severity.WARNING,
        )  # fmt: skip


def _amounts(dossier: Dossier, index: int, project: Project) -> Iterator[Problem]:
    for name in ("received", "granted"):
        amount = getattr(project, name)
        if amount is None:
            continue
        if amount < 0:
            message = f"the amount is negative: {amount}"
            yield fault(dossier, FILE, "project.amount", message, "projects", index, name, hint=AMOUNTS)
        if project.cost is not None and amount > project.cost:
            message = f"{amount} {project.currency} is more than the project cost ({project.cost})"
            yield fault(dossier, FILE, "project.amount", message, "projects", index, name, hint=AMOUNTS)
    if project.granted is not None and project.received is not None and project.received > project.granted:
        message = f"{project.received} was received of a grant of {project.granted}"
        yield fault(dossier, FILE, "project.amount", message, "projects", index, "received", hint=AMOUNTS)
    others = sum((other.amount for other in project.other_donors), Decimal())
    if project.cost is None or project.contributed is None:
        return
    if project.other_donors and project.contributed <= project.cost < project.contributed + others:
        message = (
            f"the givers paid {project.contributed + others} {project.currency} together, "
            f"more than the project cost ({project.cost})"
        )
        yield fault(dossier, FILE, "project.donors", message, "projects", index, "other_donors", hint=AMOUNTS)


def _givers(dossier: Dossier, index: int, project: Project) -> Iterator[Problem]:
    """One giver is an id or a name, is there, and is there once."""
    at = ("projects", index)
    main = (project.funder, project.funder_name, at, "funder", "funder_name")
    others = [
        (other.funder, other.name, (*at, "other_donors", place), "funder", "name")
        for place, other in enumerate(project.other_donors)
    ]
    seen: set[str] = set()
    for id_, name, steps, one, other in (main, *others):
        if steps == at and not (id_ or name):
            message, hint = (
                "its funder is not known: annexes of projects print “not known”",
                "add  funder: id  or  funder_name: …  when you know it",
            )
            yield fault(dossier, FILE, "fact.unknown", message, *steps, hint=hint, severity=Severity.NOTE)
            continue
        if bool(id_) == bool(name):
            message = "the giver has both an id and a name" if id_ else "it does not say who gave"
            hint = f"keep one of them: {one} or {other}" if id_ else f"add  {one}: id  or  {other}: …"
            yield fault(dossier, FILE, "project.giver", message, *steps, hint=hint)
            continue
        if _giver(id_, name) in seen:
            message, hint = "the same giver is named before", "add the amounts up, in one entry"
            yield fault(dossier, FILE, "project.giver", message, *steps, hint=hint)
        seen.add(_giver(id_, name))
    for place, gift in enumerate(project.other_donors):
        if gift.amount <= 0:
            message = f"the amount is not above zero: {gift.amount}"
            yield fault(dossier, FILE, "project.amount", message, *at, "other_donors", place, "amount", hint=AMOUNTS)
