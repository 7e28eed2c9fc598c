"""The map of ties: who pays for what, what the organisation runs, and the networks that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.compose.charts.pen import Pen
from report.compose.views.context import Context, NetworkView
from report.model.affiliation import Affiliation
from report.model.dates import PartialDate
from report.model.dossier import Dossier
from report.values import Column, Diagram, Node

KINDS = {
    "member": "Member",
    "partner": "Partner",
    "representative": "Representative",
    "founder": "Founder",
    "observer": "Observer",
}
MOST = 14
"""So many boxes a column holds; a taller drawing would not fit on its page."""


def ties(dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Diagram]:
    """Yield the map, where there are two ties or more; a column without boxes is left out."""
    going_on, current = dossier.going_on(facts.document), facts.networks
    programmes = [p for p in dossier.programmes if going_on(p)]
    if not len(current) + len(programmes) >= 2 or max(len(current), len(programmes)) > MOST:
        return
    spine = Node("organisation", pen.text(dossier.organisation.short_name), spine=True)
    links: list[tuple[str, str]] = []
    paid = list(dict.fromkeys(f for p in programmes for f in p.funders))
    links += [(f"funder-{f}", f"own-{p.id}") for p in programmes for f in p.funders]
    links += [(f"own-{p.id}", spine.id) for p in programmes]
    links += [(spine.id, f"tie-{v.id}") for v in current]
    theirs, more = _of_networks(current, pen)
    columns = [
        Column(pen.say("Funders"), tuple(Node(f"funder-{f}", pen.text(dossier.body(f).name)) for f in paid[:MOST])),
        Column(pen.say("Our programmes"), tuple(Node(f"own-{p.id}", pen.text(p.name), _when(p.since, p.until, pen)) for p in programmes)),
        Column("", (spine,)),
        Column(pen.say("Networks"), tuple(Node(f"tie-{v.id}", pen.text(v.network.name), _ties(v, pen)) for v in current)),
        Column(pen.say("Programmes of the networks"), theirs[:MOST]),
    ]  # fmt: skip
    shown = {node.id for column in columns for node in column.nodes}
    kept = tuple(link for link in (*links, *more) if set(link) <= shown)
    title = pen.say("The partners of %(name)s", name=pen.text(dossier.organisation.short_name))
    yield Diagram("ties", title, "", tuple(column for column in columns if column.nodes), kept)


def _of_networks(views: Sequence[NetworkView], pen: Pen) -> tuple[tuple[Node, ...], list[tuple[str, str]]]:
    """Return the networks' programmes that the organisation takes part in, or all of a network's where it says none."""
    nodes, links = {}, []
    for view in views:
        ours = {id_ for tie in view.ties for id_ in tie.affiliation.programmes}
        for programme in view.network.programmes:
            if ours and programme.id not in ours:
                continue
            node = Node(
                f"theirs-{programme.id}", pen.text(programme.name), _when(programme.since, programme.until, pen)
            )
            nodes[node.id] = node
            links.append((f"tie-{view.id}", node.id))
    return tuple(nodes.values()), links


def _ties(view: NetworkView, pen: Pen) -> str:
    return "; ".join(dict.fromkeys(filter(None, (_tie(tie.affiliation, pen) for tie in view.ties))))


def _tie(affiliation: Affiliation, pen: Pen) -> str:
    if affiliation.represents:
        kind = pen.say("Represents %(country)s", country=pen.writer.country(affiliation.represents))
    else:
        kind = pen.say(KINDS[affiliation.kind]) if affiliation.kind else ""
    return ", ".join(part for part in (kind, _when(affiliation.since, None, pen)) if part)


def _when(since: PartialDate | None, until: PartialDate | None, pen: Pen) -> str:
    """Return from which year to which, as far as it is known."""

    def year(date: PartialDate) -> str:
        return pen.writer.date(PartialDate(date.year)).replace(" ", "\u00a0")

    if since and until:
        return f"{since.year}–{year(until)}"
    if until:
        return pen.say("until %(date)s", date=year(until))
    return pen.say("since %(date)s", date=year(since)) if since else ""
