"""What is not known: a document can be made without it, and says so or leaves it out. Each is a note, so that nobody invents it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from report.model.activity import Activity
from report.model.affiliation import Affiliation
from report.model.checks.place import Place
from report.model.dossier import Dossier
from report.model.network import Event, Network, Programme
from report.model.organisation import Registration
from report.model.person import Person
from report.model.programme import OwnProgramme
from report.model.project import Project
from report.model.walk import Part, Steps, nested_records, parts
from report.source.caching import cached_by_identity
from report.values import Problem

_SAID = "tables print “not known”, and texts leave it out"
_LEFT_OUT = "documents leave it out"
MAY_BE_UNKNOWN: Mapping[type[BaseModel], Mapping[str, str]] = {
    Person: {"name": _SAID, "role": _SAID},
    Registration: {"number": _SAID},
    Activity: {"begins": _SAID},
    Affiliation: {"kind": _SAID},
    Project: {"since": _SAID, "role": _SAID},
    Network: {"summary": _LEFT_OUT, "scope": _LEFT_OUT},
    Programme: {"summary": _LEFT_OUT},
    OwnProgramme: {"summary": _LEFT_OUT},
    Event: {"date": "it is in no timeline"},
}
"""Facts that may be left out because nobody knows them, and what documents do then."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a note for each fact that is not known."""
    for part in parts(dossier):
        for file, steps, name, message in _unknown(part):
            yield Place(dossier, file, steps).note("fact.unknown", message, f"add  {name}: …  when you know it")


@cached_by_identity
def _unknown(part: Part) -> tuple[tuple[str, Steps, str, str], ...]:
    """Return the file and steps of records that lack facts, the field of each fact and the message."""
    unknown = []
    for file, steps, value in nested_records(part):
        if isinstance(value, Person) and value.name is None and value.role is None:
            unknown.append((file, steps, "name", f"neither its name nor its role is known: {_LEFT_OUT}"))
        elif not (isinstance(value, Affiliation) and value.represents):
            for name, then in MAY_BE_UNKNOWN.get(type(value), {}).items():
                if getattr(value, name) is None:
                    unknown.append((file, steps, name, f"its {name} is not known: {then}"))
    return tuple(unknown)
