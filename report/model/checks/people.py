"""People and stories: who may be named, and who agreed; what a document prints of it is checked in `report.requests.consents`."""

from __future__ import annotations

from collections.abc import Iterator

from report.model.checks.place import CORRECT_ONE_DATE, Place
from report.model.dossier import Dossier, YearFacts
from report.model.validity import is_valid
from report.values import Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with people, letters and stories."""
    for place, person in Place(dossier, "people.yaml").each("people", dossier.people):
        yield from place.period(person.since, person.until)
        if person.represents and not person.publish:
            message = f"{person.id} signs the report and asked not to be published"
            yield place.at("publish").error("person.publish", message, "name another representative, or ask again")
    for year in dossier.years.values():
        yield from _letter(Place(dossier, f"{year.number}/year.yaml", ("letter", "person")), year)
        yield from _stories(Place(dossier, f"{year.number}/stories.yaml"), year)
        volunteers = year.year.volunteers
        if volunteers and volunteers.hours and not volunteers.people:
            place = Place(dossier, f"{year.number}/year.yaml", ("volunteers", "people"))
            hint = "say how many people gave them, or leave the hours out"
            yield place.error("volunteers.none", f"{volunteers.hours} hours have no volunteers", hint)


def _letter(place: Place, year: YearFacts) -> Iterator[Problem]:
    letter = year.year.letter
    signs = [p for p in place.dossier.people if letter and p.id == letter.person]
    if signs and not signs[0].publish:
        message = f"{signs[0].id} signs the letter and asked not to be published"
        yield place.error("person.publish", message, "name another person who signs, or ask again")
    if signs and not any(is_valid(person, year.begins, year.ends) for person in signs):
        message = (
            f"the letter is printed unsigned: what people.yaml says of {signs[0].id} is not valid in {year.number}"
        )
        hint = "name another person who signs, or correct the dates of that one in people.yaml"
        yield place.warning("letter.unsigned", message, hint)


def _stories(file: Place, year: YearFacts) -> Iterator[Problem]:
    for place, story in file.each("stories", year.stories):
        consent = story.consent
        if consent is None:
            hint = "ask, and add  consent: {date: …, by: person}  ; or remove the story"
            yield place.error("story.consent", "the story has no consent", hint)
            continue
        if consent.until and consent.until < consent.date:
            message = f"the consent ends ({consent.until}) before it is given ({consent.date})"
            yield place.at("consent", "until").error("story.consent", message, CORRECT_ONE_DATE)
        if consent.by != "person" and story.person and not story.pseudonym:
            hint = "use another name, and add  pseudonym: true"
            yield place.at("person").warning("story.child", "a child's story uses the real name", hint)
