"""Actions: a logical framework whose rows lead to one another, and a budget within the rules of PRAG Annex B."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from report.model.action import Action
from report.model.budget import MAX_CONTINGENCY, MAX_INDIRECT, Budget, Reckoning, line_sums, reckon
from report.model.checks.fault import fault
from report.model.dossier import Dossier
from report.model.logframe import Impact, Logframe, LogframeIndicator, Measured
from report.model.money import most_decimals
from report.model.suggestions import nearest
from report.values import Problem, Severity

FILE = "actions.yaml"
_At = tuple[str | int, ...]
_CODE = "give one of them another number"
_YEAR_1 = "correct the first year, or the number for all years"
_OF_THE_ACTION = "correct the line, or the budget"


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with the logical framework and the budget of each action."""
    for index, action in enumerate(dossier.actions):
        at: _At = ("actions", index)
        if action.logframe:
            yield from _logframe(dossier, action.logframe, (*at, "logframe"))
        if action.budget:
            decimals = most_decimals(action.currency)
            money = reckon(action.budget, decimals)
            yield from _lines(dossier, action.budget, decimals, (*at, "budget"))
            yield from _limits(dossier, action.budget, money, (*at, "budget"))
            yield from _funding(dossier, action, money, (*at, "budget"))
            yield from _activities(dossier, action, money, at)


def _logframe(dossier: Dossier, frame: Logframe, at: _At) -> Iterator[Problem]:
    codes = {"outcomes": [one.code for one in frame.outcomes], "outputs": [one.code for one in frame.outputs]}
    codes["activities"] = [one.code for one in frame.activities]
    for name, own in codes.items():
        yield from _twice(dossier, own, (*at, name))
    for place, output in enumerate(frame.outputs):
        if output.outcome not in codes["outcomes"]:
            message = f"there is no outcome '{output.outcome}' for {output.code} to lead to"
            hint = nearest(output.outcome, codes["outcomes"], "available:")
            yield fault(dossier, FILE, "logframe.outcome", message, *at, "outputs", place, "outcome", hint=hint)
    for place, activity in enumerate(frame.activities):
        if activity.output not in codes["outputs"]:
            message = f"there is no output '{activity.output}' for {activity.code} to deliver"
            hint = nearest(activity.output, codes["outputs"], "available:")
            yield fault(dossier, FILE, "logframe.output", message, *at, "activities", place, "output", hint=hint)
    yield from _numbers(dossier, frame, at)
    yield from _result(dossier, frame.impact, "the impact", (*at, "impact"))
    for place, outcome in enumerate(frame.outcomes):
        yield from _result(dossier, outcome, outcome.code, (*at, "outcomes", place))
    for place, output in enumerate(frame.outputs):
        yield from _result(dossier, output, output.code, (*at, "outputs", place))


def _numbers(dossier: Dossier, frame: Logframe, at: _At) -> Iterator[Problem]:
    """Yield each number that says another result than the one that its row leads to: Op 1.1 leads to Oc 1, A 1.1.1 to Op 1.1."""
    rows = [("outputs", n, one.code, one.outcome) for n, one in enumerate(frame.outputs)]
    rows += [("activities", n, one.code, one.output) for n, one in enumerate(frame.activities)]
    for name, place, code, leads in rows:
        if not code.partition(" ")[2].startswith(f"{leads.partition(' ')[2]}."):
            message = f"{code} leads to {leads}, and its number says otherwise (PRAG Annex C)"
            hint = "correct its number, or what it leads to"
            steps = (*at, name, place, "code")
            yield fault(dossier, FILE, "logframe.number", message, *steps, hint=hint, severity=Severity.WARNING)


def _twice(dossier: Dossier, codes: Sequence[str], at: _At) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, code in enumerate(codes):
        if code in seen:
            message = f"{code} appears twice"
            yield fault(dossier, FILE, "code.duplicate", message, *at, place, "code", hint=_CODE)
        seen.add(code)


def _result(dossier: Dossier, result: Impact, name: str, at: _At) -> Iterator[Problem]:
    if not result.indicators:
        message = f"{name} has no indicator: PRAG Annex C asks for one at each level of results"
        hint = "add  indicators: [{name: …}]  with a baseline and a target"
        yield fault(dossier, FILE, "logframe.indicator", message, *at, hint=hint, severity=Severity.WARNING)
    for place, indicator in enumerate(result.indicators):
        yield from _indicator(dossier, indicator, (*at, "indicators", place))


def _indicator(dossier: Dossier, indicator: LogframeIndicator, at: _At) -> Iterator[Problem]:
    baseline, target = indicator.baseline, indicator.target
    if baseline and target and target.year < baseline.year:
        message = f"the target is for {target.year}, before the baseline of {baseline.year}"
        yield fault(
            dossier, FILE, "indicator.order", message, *at, "target", "year", hint="correct one of the two years"
        )
    for name in ("baseline", "current", "target"):
        measured: Measured | None = getattr(indicator, name)
        if measured is None:
            continue
        shares = [measured.value, *(share for share in (measured.female, measured.male) if share is not None)]
        if indicator.unit == "percent" and not all(0 <= share <= 100 for share in shares):
            message = "a share is between 0 and 100 per cent"
            hint = "write 86 for 86 per cent; or leave  unit: percent  out"
            yield fault(dossier, FILE, "indicator.percent", message, *at, name, hint=hint)
        elif indicator.unit == "number" and sum(shares[1:], Decimal()) > measured.value:
            message = f"female and male come to {sum(shares[1:])}, more than {measured.value}"
            yield fault(dossier, FILE, "indicator.parts", message, *at, name, hint="correct one of the numbers")


def _lines(dossier: Dossier, budget: Budget, decimals: int, at: _At) -> Iterator[Problem]:
    yield from _twice(dossier, [line.code for line in budget.lines], (*at, "lines"))
    yield from _twice(dossier, [group.code for group in budget.groups], (*at, "groups"))
    for place, line in enumerate(budget.lines):
        sums, here = line_sums(line, decimals), (*at, "lines", place)
        if line.units_year_1 > line.units:
            message = f"year 1 of {line.code} has {line.units_year_1} units, all years have {line.units}"
            yield fault(dossier, FILE, "budget.year", message, *here, "units_year_1", hint=_YEAR_1)
        elif sums.year_1 > sums.all:
            message = f"year 1 of {line.code} ({sums.year_1:,}) is more than all years ({sums.all:,})"
            yield fault(dossier, FILE, "budget.year", message, *here, "unit_value_year_1", hint=_YEAR_1)
        if any(other.code.startswith(f"{line.code}.") for other in budget.lines):
            message = f"{line.code} is a line, and there are lines below it: its costs would look counted twice"
            hint = "name it in  groups:  instead, or give it a number of its own"
            yield fault(dossier, FILE, "budget.group", message, *here, "code", hint=hint)
    yield from _groups(dossier, budget, (*at, "groups"))
    for name in ("contingency", "taxes"):
        provision = getattr(budget, name)
        if provision and provision.year_1 > provision.all:
            message = f"year 1 ({provision.year_1:,}) is more than all years ({provision.all:,})"
            yield fault(dossier, FILE, "budget.year", message, *at, name, "year_1", hint=_YEAR_1)


def _groups(dossier: Dossier, budget: Budget, at: _At) -> Iterator[Problem]:
    """Yield each group whose name would not be printed, since no line begins it."""
    printed = {one.group.code for heading in reckon(budget).headings for one in heading.lines if one.group}
    for place, group in enumerate(budget.groups):
        if group.code not in printed:
            message = f"the group {group.code} is not printed: no line of its own begins with {group.code}."
            hint = "correct its code, or remove it; a group inside a group has lines of the outer one before it"
            yield fault(
                dossier, FILE, "budget.group", message, *at, place, "code", hint=hint, severity=Severity.WARNING
            )


def _limits(dossier: Dossier, budget: Budget, money: Reckoning, at: _At) -> Iterator[Problem]:
    if budget.indirect_rate > MAX_INDIRECT:
        message = (
            f"indirect costs of {budget.indirect_rate} % are more than {MAX_INDIRECT} % of the direct eligible costs "
            "(PRAG Annex B, heading 8)"
        )
        yield fault(dossier, FILE, "budget.indirect", message, *at, "indirect_rate", hint="write 7 or less")
    most = money.direct.all * MAX_CONTINGENCY / 100
    if money.contingency.all > most:
        message = (
            f"a reserve of {money.contingency.all:,} is more than {MAX_CONTINGENCY} % of the direct eligible costs "
            f"of {money.direct.all:,} (PRAG Annex B, heading 10)"
        )
        hint = f"write {most.quantize(Decimal(1).scaleb(-money.decimals), 'ROUND_DOWN')} or less"
        yield fault(dossier, FILE, "budget.contingency", message, *at, "contingency", "all", hint=hint)


def _funding(dossier: Dossier, action: Action, money: Reckoning, at: _At) -> Iterator[Problem]:
    funding = action.budget.funding if action.budget else ()
    if funding and money.funding != money.accepted.all:
        message = (
            f"the sources of funding come to {money.funding:,}, the total accepted costs to {money.accepted.all:,} "
            "(PRAG Annex B: the two are equal)"
        )
        hint = f"the difference is {abs(money.funding - money.accepted.all):,}"
        yield fault(dossier, FILE, "budget.funding", message, *at, "funding", hint=hint)
    for place, source in enumerate(funding):
        if source.by and source.name:
            message = "the giver is named twice: by an id and by a name"
            yield fault(dossier, FILE, "budget.source", message, *at, "funding", place, hint="keep one of them")
        if source.kind == "other" and not (source.by or source.name):
            message = "the contribution of another donor does not say whose it is"
            yield fault(dossier, FILE, "budget.source", message, *at, "funding", place, hint="add  by: id  or  name: …")


def _activities(dossier: Dossier, action: Action, money: Reckoning, at: _At) -> Iterator[Problem]:
    activities = action.logframe.activities if action.logframe else ()
    total = Decimal()
    for place, activity in enumerate(activities):
        total += activity.costs or 0
        if activity.costs and total > money.direct.all:
            message = (
                f"with {activity.code} the activities cost {total:,}, more than the direct eligible costs of the budget, "
                f"{money.direct.all:,} (heading 7)"
            )
            steps = (*at, "logframe", "activities", place, "costs")
            yield fault(dossier, FILE, "budget.activities", message, *steps, hint=_OF_THE_ACTION)
            return
