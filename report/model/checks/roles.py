"""A role in a grant needs what makes it one: a mandate for a co-applicant, a structural link for an affiliated entity."""

from __future__ import annotations

from collections.abc import Iterator

from report.model.checks.fault import fault
from report.model.dossier import Dossier
from report.values import Problem

_NEEDS = {
    "co-applicant": (
        "mandate",
        "a co-applicant signs a mandate for the lead applicant (PRAG 6.1.2); a membership alone is no role in a grant",
        "add  mandate: {signed: 2026-03-01, file: …}, or take grant_role away",
    ),
    "affiliated-entity": (
        "structural_link",
        "an affiliated entity has a structural link, in particular legal or capital, neither limited to the action nor made "
        "for it (PRAG 6.1.2; EU model grant agreement, art. 8)",
        "add  structural_link: {kind: legal, basis: …}, or take grant_role away",
    ),
}


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each affiliation that has a role in a grant without what makes it one."""
    for index, affiliation in enumerate(dossier.affiliations):
        needed, rule, hint = _NEEDS.get(affiliation.grant_role or "", (None, "", ""))
        if needed and getattr(affiliation, needed) is None:
            steps = ("affiliations", index, "grant_role")
            yield fault(dossier, "affiliations.yaml", f"role.{needed}", rule, *steps, hint=hint)
