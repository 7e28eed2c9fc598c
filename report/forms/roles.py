"""Roles in a grant are told apart from affiliations: a membership alone makes nobody a co-applicant or an affiliated entity.

An affiliated entity has a structural link with the applicant, in particular legal or capital, neither limited to the action nor
made for it (PRAG 6.1.2; EU model grant agreement, article 8). A co-applicant signs a mandate.
"""

from __future__ import annotations

import re

from report.compose.told import Refused
from report.compose.views.actions import GRANTED

LISTS = GRANTED
_ASKED = (
    ("affiliated_entities", re.compile(r"affiliated entit|свързан\w* лиц|entités? affiliées?", re.IGNORECASE)),
    ("co_applicants", re.compile(r"co-?applicant|съкандидат|co-?demandeur|mitantragsteller", re.IGNORECASE)),
)
_NAMES = {"co_applicants": "co-applicant", "affiliated_entities": "affiliated entity"}
_RULES = {
    "co_applicants": "a co-applicant takes part in the action and has signed a mandate (PRAG 6.1.2)",
    "affiliated_entities": "an affiliated entity has a structural link, in particular legal or capital, neither limited to "
    "the action nor made for it (PRAG 6.1.2; EU model grant agreement, art. 8)",
}


def asked(near: str) -> str | None:
    """Return the list of a role that a form asks for, by the words beside its table."""
    return next((name for name, pattern in _ASKED if pattern.search(near)), None)


def tell_apart(rows: str, near: str) -> None:
    """Raise `Refused` where affiliations of any kind would be printed as having a role in the grant."""
    wanted = asked(near)
    if wanted and rows != wanted:
        raise Refused(
            f"the form asks for a role in the grant ({_NAMES[wanted]}), and {rows} have no such role: {_RULES[wanted]}",
            f"write  rows: {wanted}; in it are the co_applicants of the action, or affiliations with  grant_role: {LISTS[wanted]}",
        )
