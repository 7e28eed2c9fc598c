"""Signs whose shape others laid down, drawn from facts: a QR code, the goals' squares, the EU emblem.

`marks` is the whole interface.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.compose.charts.pen import Pen
from report.compose.marks import emblem, goals, qr
from report.compose.views.context import Context
from report.model.dossier import Dossier
from report.values import Mark

SCHEME = "chart:"
"""What the ``src`` of a drawing begins with."""


def marks(dossier: Dossier, facts: Context, pen: Pen) -> Mapping[str, Mark]:
    """Return the marks that the facts give reason for, by their ``src``: templates print those that they want."""
    return {f"{SCHEME}{mark.id}": mark for mark in _found(dossier, facts, pen)}


def _found(dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Mark]:
    contact = facts.organisation.contact
    if contact and contact.website:
        yield qr.code(contact.website, pen.say("QR code for %(address)s", address=contact.website))
    going_on = dossier.going_on(facts.document)
    for number in sorted({goal for p in dossier.programmes if going_on(p) for goal in p.sdgs}):
        yield goals.square(number, pen)
    if facts.document.funding_statement:
        yield emblem.of_the_union(pen.say("The emblem of the European Union: twelve gold stars on blue"))
