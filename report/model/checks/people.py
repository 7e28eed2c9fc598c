"""People and stories: who may be named, and who agreed; what a document prints of it is held against it in `report.requests.consents`."""

from __future__ import annotations

from collections.abc import Iterator

from report.model.checks.fault import ORDER, fault
from report.model.dossier import Dossier, YearFacts
from report.model.validity import is_valid
from report.values import Problem, Severity

HOURS = "say how many people gave them, or leave the hours out"
SIGNS = "name another person who signs, or ask again"


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with people, letters and stories."""
    for index, person in enumerate(dossier.people):
        if person.since and person.until and person.until.before(person.since):
            message = f"ends ({person.until}) before it begins ({person.since})"
            yield fault(dossier, "people.yaml", "date.order", message, "people", index, "until", hint=ORDER)
        if person.represents and not person.publish:
            message = f"{person.id} signs the report and asked not to be published"
            hint = "name another representative, or ask again"
            yield fault(dossier, "people.yaml", "person.publish", message, "people", index, "publish", hint=hint)
    for year in dossier.years.values():
        yield from _letter(dossier, year)
        yield from _stories(dossier, year)
        volunteers = year.year.volunteers
        if volunteers and volunteers.hours and not volunteers.people:
            message = f"{volunteers.hours} hours have no volunteers"
            yield fault(
                dossier, f"{year.number}/year.yaml", "volunteers.none", message, "volunteers", "people", hint=HOURS
            )


def _letter(dossier: Dossier, year: YearFacts) -> Iterator[Problem]:
    letter = year.year.letter
    signs = next((p for p in dossier.people if letter and p.id == letter.person), None)
    if signs and not signs.publish:
        message = f"{signs.id} signs the letter and asked not to be published"
        yield fault(dossier, f"{year.number}/year.yaml", "person.publish", message, "letter", "person", hint=SIGNS)
    there = [p for p in dossier.people if letter and p.id == letter.person]
    if there and not any(is_valid(person, year.begins, year.ends) for person in there):
        message = (
            f"the letter is printed unsigned: what people.yaml says of {there[0].id} is not valid in {year.number}"
        )
        where = dossier.locate(f"{year.number}/year.yaml", "letter", "person")
        hint = "name another person who signs, or correct the dates of that one in people.yaml"
        yield Problem(Severity.WARNING, "letter.unsigned", message, where, hint)


def _stories(dossier: Dossier, year: YearFacts) -> Iterator[Problem]:
    file = f"{year.number}/stories.yaml"
    for index, story in enumerate(year.stories):
        at, consent = ("stories", index), story.consent
        if consent is None:
            hint = "ask, and add  consent: {date: …, by: person}  ; or remove the story"
            yield fault(dossier, file, "story.consent", "the story has no consent", *at, hint=hint)
            continue
        if consent.until and consent.until < consent.date:
            message = f"the consent ends ({consent.until}) before it is given ({consent.date})"
            yield fault(dossier, file, "story.consent", message, *at, "consent", "until", hint=ORDER)
        if consent.by != "person" and story.person and not story.pseudonym:
            where = dossier.locate(file, *at, "person")
            hint = "use another name, and add  pseudonym: true"
            yield Problem(Severity.WARNING, "story.child", "a child's story uses the real name", where, hint)
