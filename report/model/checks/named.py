"""Who asked not to be named, and is named in a text all the same: a letter, a story, what a gift was for."""

from __future__ import annotations

from collections.abc import Iterator

from report.model.checks.place import in_text
from report.model.dossier import Dossier
from report.model.finance import Donor
from report.model.privacy.names import Finder, every, parts, spoken
from report.model.walk import LocatedText, texts
from report.values import Problem, Severity

HINT = "remove the name, or ask for consent and write  publish: true"


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a warning for each such name in a text that an edition with names may print."""
    open_editions = [request for request in dossier.documents if set(request.editions) != {"redacted"}]
    finder = Finder(_hidden(dossier)) if open_editions else Finder(())
    if not finder.names:
        return
    years = {str(request.year) for request in open_editions if request.year is not None}
    for found in texts(dossier):
        folder = found.file.rpartition("/")[0]
        if (folder and folder not in years) or _is_of_the_hidden(dossier, found):
            continue
        for language, told in found.text.by_language.items():
            for name in dict.fromkeys(finder.each(told)):
                if " " in name or name[0].isupper():  # a part in small letters is a word like any other
                    message = f"the text names “{name}”, who asked not to be published"
                    where = in_text(dossier, found, language, max(told.find(name), 0))
                    yield Problem(Severity.WARNING, "person.named", message, where, HINT)


def _hidden(dossier: Dossier) -> tuple[str, ...]:
    """Return the names of those who asked for it, of people in parts too: those that nobody else here has."""
    givers = [giver for giver in _givers(dossier) if giver.name]
    known = [dossier.organisation.name, *(p.name for p in dossier.people if p.publish and p.name)]
    known += [giver.name for giver in givers if giver.publish and giver.name]
    shared = {name for text in known for whole in spoken(text) for name in (whole, *parts(whole))}
    people = [p.name for p in dossier.people if not p.publish and p.name]
    people += [giver.name for giver in givers if not giver.publish and giver.kind == "person" and giver.name]
    bodies = [giver.name for giver in givers if not giver.publish and giver.kind != "person" and giver.name]
    wanted = (*every(people), *(whole for name in bodies for whole in spoken(name)))
    return tuple(name for name in wanted if name not in shared)


def _givers(dossier: Dossier) -> Iterator[Donor]:
    for year in dossier.years.values():
        yield from (donation.donor for donation in year.received)
        yield from (donation.recipient for donation in year.given)


def _is_of_the_hidden(dossier: Dossier, found: LocatedText) -> bool:
    """Say whether a text is what the facts say of such a person or giver: it is not printed."""
    name = found.file.rpartition("/")[2]
    if name == "people.yaml":
        index = found.steps[1]
        return isinstance(index, int) and not dossier.people[index].publish
    return name == "donations.yaml" and found.steps[-2:] in (("donor", "name"), ("recipient", "name"))
