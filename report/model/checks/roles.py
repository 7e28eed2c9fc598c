"""A role in a grant needs what makes it one: a mandate for a co-applicant, a structural link for an affiliated entity."""

from __future__ import annotations

from collections.abc import Iterator

from report.model.action import CoApplicant
from report.model.affiliation import Affiliation
from report.model.checks.place import Place
from report.model.dossier import Dossier
from report.values import Problem

_NEEDS = {
    "co-applicant": (
        "mandate",
        "a co-applicant signs a mandate for the lead applicant (PRAG 6.1.2); a membership alone is not a role in a grant",
        "add  mandate: {signed: 2026-03-01}  , or remove ",
    ),
    "affiliated-entity": (
        "structural_link",
        "an affiliated entity has a structural link, in particular legal or capital, neither limited to the action nor made "
        "for it (PRAG 6.1.2; EU model grant agreement, art. 8)",
        "add  structural_link: {kind: legal, basis: …}  , or remove ",
    ),
}
"""By role: the field that makes it one, the rule, and the beginning of the hint."""
_NO_ROLE = (
    "a membership alone is not a role in a grant: a co-applicant signs a mandate, an affiliated entity has a structural link "
    "(PRAG 6.1.2; EU model grant agreement, art. 8)"
)


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each affiliation and each partner of an action that has a role in a grant without what makes it one."""
    for place, tie in Place(dossier, "affiliations.yaml").each("affiliations", dossier.affiliations):
        yield from _lacking(place.at("grant_role"), tie.grant_role, (tie,), "grant_role")
    ties = {tie.id: tie for tie in dossier.affiliations}
    for action_place, action in Place(dossier, "actions.yaml").each("actions", dossier.actions):
        seen: set[str] = set()
        for place, one in action_place.each("co_applicants", action.co_applicants):
            name = one.affiliation or repr(one.name)
            if name in seen:
                hint = "keep one of them: an organisation has one role in an action"
                yield place.error("co-applicant.twice", "the same organisation takes part twice", hint)
            seen.add(name)
            yield from _partner(place, one, ties.get(one.affiliation or ""))


def _partner(place: Place, one: CoApplicant, tie: Affiliation | None) -> Iterator[Problem]:
    role = one.role or (tie.grant_role if tie else None)
    if tie is None and one.affiliation is None and one.name is None:
        message = "a co-applicant is one of the affiliations, or has a name and a role of its own"
        yield place.error("co-applicant.name", message, "add  affiliation: id  or  name: …")
    if role not in _NEEDS:
        hint = "add  role: co-applicant  and a mandate, or  role: affiliated-entity  and a structural_link"
        yield place.error("role.none", _NO_ROLE, hint)
    yield from _lacking(place.at("role" if one.role else "affiliation"), role, (one, tie), "it from the action")


def _lacking(
    place: Place, role: str | None, records: tuple[CoApplicant | Affiliation | None, ...], what: str
) -> Iterator[Problem]:
    """Yield an error where none of the records has what makes a role one; the hint says to remove `what`."""
    if role in _NEEDS:
        field, rule, hint = _NEEDS[role]
        if not any(getattr(record, field, None) for record in records):
            yield place.error(f"role.{field}", rule, f"{hint}{what}")
