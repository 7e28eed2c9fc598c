"""Actions: a logical framework whose rows lead to one another, and a budget within the rules of PRAG Annex B."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from report.model.action import Action
from report.model.budget import MAX_CONTINGENCY, MAX_INDIRECT, Budget, Reckoning, line_sums, reckon
from report.model.checks.place import Place
from report.model.dossier import Dossier
from report.model.logframe import Impact, Logframe, LogframeIndicator, Measured
from report.model.money import most_decimals
from report.model.suggestions import nearest
from report.values import Problem

_YEAR_1 = "correct the first year, or the number for all years"


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with the logical framework and the budget of each action."""
    for place, action in Place(dossier, "actions.yaml").each("actions", dossier.actions):
        if action.logframe:
            yield from _logframe(place.at("logframe"), action.logframe)
        if action.budget:
            decimals = most_decimals(action.currency)
            sums = reckon(action.budget, decimals)
            yield from _lines(place.at("budget"), action.budget, decimals)
            yield from _limits(place.at("budget"), action.budget, sums)
            yield from _funding(place.at("budget"), action.budget, sums)
            yield from _activities(place.at("logframe"), action, sums)


def _logframe(place: Place, frame: Logframe) -> Iterator[Problem]:
    outcomes, outputs = [one.code for one in frame.outcomes], [one.code for one in frame.outputs]
    yield from _duplicates(place, "outcomes", outcomes)
    yield from _duplicates(place, "outputs", outputs)
    yield from _duplicates(place, "activities", [one.code for one in frame.activities])
    for where, output in place.each("outputs", frame.outputs):
        if output.outcome not in outcomes:
            message = f"there is no outcome '{output.outcome}' for {output.code} to lead to"
            yield where.at("outcome").error("logframe.outcome", message, nearest(output.outcome, outcomes))
    for where, activity in place.each("activities", frame.activities):
        if activity.output not in outputs:
            message = f"there is no output '{activity.output}' for {activity.code} to deliver"
            yield where.at("output").error("logframe.output", message, nearest(activity.output, outputs))
    for where, output in place.each("outputs", frame.outputs):
        yield from _number(where, output.code, output.outcome)
    for where, activity in place.each("activities", frame.activities):
        yield from _number(where, activity.code, activity.output)
    yield from _indicators(place.at("impact"), frame.impact, "the impact")
    for where, outcome in place.each("outcomes", frame.outcomes):
        yield from _indicators(where, outcome, outcome.code)
    for where, output in place.each("outputs", frame.outputs):
        yield from _indicators(where, output, output.code)


def _number(place: Place, code: str, leads: str) -> Iterator[Problem]:
    """Yield a warning for a number that implies another result than its row leads to: Op 1.1 leads to Oc 1, A 1.1.1 to Op 1.1."""
    if not code.partition(" ")[2].startswith(f"{leads.partition(' ')[2]}."):
        message = f"{code} leads to {leads}, and its number says otherwise (PRAG Annex C)"
        yield place.at("code").warning("logframe.number", message, "correct its number, or what it leads to")


def _duplicates(place: Place, name: str, codes: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for where, code in place.each(name, codes):
        if code in seen:
            yield where.at("code").error("code.duplicate", f"{code} appears twice", "give one of them another number")
        seen.add(code)


def _indicators(place: Place, result: Impact, name: str) -> Iterator[Problem]:
    if not result.indicators:
        message = f"{name} has no indicator: PRAG Annex C asks for one at each level of results"
        yield place.warning("logframe.indicator", message, "add  indicators: [{name: …}]  with a baseline and a target")
    for where, indicator in place.each("indicators", result.indicators):
        yield from _indicator(where, indicator)


def _indicator(place: Place, indicator: LogframeIndicator) -> Iterator[Problem]:
    baseline, target = indicator.baseline, indicator.target
    if baseline and target and target.year < baseline.year:
        message = f"the target is for {target.year}, before the baseline of {baseline.year}"
        yield place.at("target", "year").error("indicator.order", message, "correct one of the two years")
    for name in ("baseline", "current", "target"):
        measured: Measured | None = getattr(indicator, name)
        if measured is None:
            continue
        shares = [share for share in (measured.female, measured.male) if share is not None]
        if indicator.unit == "percent" and not all(0 <= share <= 100 for share in (measured.value, *shares)):
            hint = "write 86 for 86 per cent; or leave  unit: percent  out"
            yield place.at(name).error("indicator.percent", "a share is between 0 and 100 per cent", hint)
        elif indicator.unit == "number" and sum(shares, Decimal()) > measured.value:
            message = f"female and male come to {sum(shares)}, more than {measured.value}"
            yield place.at(name).error("indicator.parts", message, "correct one of the numbers")


def _lines(place: Place, budget: Budget, decimals: int) -> Iterator[Problem]:
    yield from _duplicates(place, "lines", [line.code for line in budget.lines])
    yield from _duplicates(place, "groups", [group.code for group in budget.groups])
    for where, line in place.each("lines", budget.lines):
        sums = line_sums(line, decimals)
        if line.units_year_1 > line.units:
            message = f"year 1 of {line.code} has {line.units_year_1} units, all years have {line.units}"
            yield where.at("units_year_1").error("budget.year", message, _YEAR_1)
        elif sums.year_1 > sums.all:
            message = f"year 1 of {line.code} ({sums.year_1:,}) is more than all years ({sums.all:,})"
            yield where.at("unit_value_year_1").error("budget.year", message, _YEAR_1)
        if any(other.code.startswith(f"{line.code}.") for other in budget.lines):
            message = f"{line.code} is a line, and there are lines below it: its costs would look counted twice"
            hint = "name it in  groups:  instead, or give it a number of its own"
            yield where.at("code").error("budget.group", message, hint)
    printed = {one.group.code for heading in reckon(budget).headings for one in heading.lines if one.group}
    for where, group in place.each("groups", budget.groups):
        if group.code not in printed:
            message = f"the group {group.code} is not printed: no line of its own begins with {group.code}."
            hint = "correct its code, or remove it; a group inside a group has lines of the outer one before it"
            yield where.at("code").warning("budget.group", message, hint)
    for name in ("contingency", "taxes"):
        provision = getattr(budget, name)
        if provision and provision.year_1 > provision.all:
            message = f"year 1 ({provision.year_1:,}) is more than all years ({provision.all:,})"
            yield place.at(name, "year_1").error("budget.year", message, _YEAR_1)


def _limits(place: Place, budget: Budget, sums: Reckoning) -> Iterator[Problem]:
    if budget.indirect_rate > MAX_INDIRECT:
        message = (
            f"indirect costs of {budget.indirect_rate} % are more than {MAX_INDIRECT} % of the direct eligible costs "
            "(PRAG Annex B, heading 8)"
        )
        yield place.at("indirect_rate").error("budget.indirect", message, "write 7 or less")
    most = sums.direct.all * MAX_CONTINGENCY / 100
    if sums.contingency.all > most:
        message = (
            f"a reserve of {sums.contingency.all:,} is more than {MAX_CONTINGENCY} % of the direct eligible costs "
            f"of {sums.direct.all:,} (PRAG Annex B, heading 10)"
        )
        hint = f"write {most.quantize(Decimal(1).scaleb(-sums.decimals), 'ROUND_DOWN')} or less"
        yield place.at("contingency", "all").error("budget.contingency", message, hint)


def _funding(place: Place, budget: Budget, sums: Reckoning) -> Iterator[Problem]:
    if budget.funding and sums.funding != sums.accepted.all:
        message = (
            f"the sources of funding come to {sums.funding:,}, the total accepted costs to {sums.accepted.all:,} "
            "(PRAG Annex B: the two are equal)"
        )
        hint = f"the difference is {abs(sums.funding - sums.accepted.all):,}"
        yield place.at("funding").error("budget.funding", message, hint)
    for where, source in place.each("funding", budget.funding):
        if source.by and source.name:
            yield where.error("budget.source", "the giver is named twice: by an id and by a name", "keep one of them")
        if source.kind == "other" and not (source.by or source.name):
            message = "the contribution of another donor does not say whose it is"
            yield where.error("budget.source", message, "add  by: id  or  name: …")


def _activities(place: Place, action: Action, sums: Reckoning) -> Iterator[Problem]:
    """Yield an error at the first activity with which they cost more than the budget's direct costs."""
    total = Decimal()
    for where, activity in place.each("activities", action.logframe.activities if action.logframe else ()):
        total += activity.costs or 0
        if activity.costs and total > sums.direct.all:
            message = (
                f"with {activity.code} the activities cost {total:,}, more than the direct eligible costs of the budget, "
                f"{sums.direct.all:,} (heading 7)"
            )
            yield where.at("costs").error("budget.activities", message, "correct the line, or the budget")
            return
