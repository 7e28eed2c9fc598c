"""A role in a grant needs what makes it one: a mandate for a co-applicant, a structural link for an affiliated entity."""

from __future__ import annotations

from collections.abc import Iterator

from report.model.action import CoApplicant
from report.model.affiliation import Affiliation, Mandate, StructuralLink
from report.model.checks.fault import fault
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
_NO_ROLE = (
    "a membership alone is not a role in a grant: a co-applicant signs a mandate, an affiliated entity has a structural link "
    "(PRAG 6.1.2; EU model grant agreement, art. 8)"
)
_TWICE = "the same organisation takes part twice"
_NO_NAME = "a co-applicant is one of the affiliations, or has a name and a role of its own"


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each affiliation and each partner of an action that has a role in a grant without what makes it one."""
    for index, tie in enumerate(dossier.affiliations):
        steps = ("affiliations", index, "grant_role")
        if found := _lacking(tie.grant_role, tie.mandate, tie.structural_link):
            code, rule, hint = found
            yield fault(dossier, "affiliations.yaml", code, rule, *steps, hint=f"{hint}grant_role")
    ties = {tie.id: tie for tie in dossier.affiliations}
    for index, action in enumerate(dossier.actions):
        seen: set[str] = set()
        for place, one in enumerate(action.co_applicants):
            at = ("actions", index, "co_applicants", place)
            name = one.affiliation or repr(one.name)
            if name in seen:
                hint = "keep one of them: an organisation has one role in an action"
                yield fault(dossier, "actions.yaml", "co-applicant.twice", _TWICE, *at, hint=hint)
            seen.add(name)
            yield from _partner(dossier, one, ties.get(one.affiliation or ""), at)


def _partner(
    dossier: Dossier, one: CoApplicant, tie: Affiliation | None, at: tuple[str | int, ...]
) -> Iterator[Problem]:
    role = one.role or (tie.grant_role if tie else None)
    if tie is None and one.affiliation is None and one.name is None:
        yield fault(
            dossier, "actions.yaml", "co-applicant.name", _NO_NAME, *at, hint="add  affiliation: id  or  name: …"
        )
    if role not in _NEEDS:
        hint = "add  role: co-applicant  and a mandate, or  role: affiliated-entity  and a structural_link"
        yield fault(dossier, "actions.yaml", "role.none", _NO_ROLE, *at, hint=hint)
    mandate = one.mandate or (tie.mandate if tie else None)
    link = one.structural_link or (tie.structural_link if tie else None)
    if found := _lacking(role, mandate, link):
        code, rule, hint = found
        steps = (*at, "role") if one.role else (*at, "affiliation")
        yield fault(dossier, "actions.yaml", code, rule, *steps, hint=f"{hint}it from the action")


def _lacking(role: str | None, mandate: Mandate | None, link: StructuralLink | None) -> tuple[str, str, str] | None:
    """Return the code, the rule and the beginning of a hint where a role lacks what makes it one."""
    needed, rule, hint = _NEEDS.get(role or "", ("", "", ""))
    there = {"mandate": mandate, "structural_link": link}
    return (f"role.{needed}", rule, hint) if needed and there[needed] is None else None
