"""Roles in a grant are not affiliations: a membership alone makes nobody a co-applicant or an affiliated entity.

An affiliated entity has a structural link with the applicant, in particular legal or capital, neither limited to the action nor
made for it (PRAG 6.1.2; EU model grant agreement, article 8). A co-applicant signs a mandate.
"""

from __future__ import annotations

import re

from report.compose.views.actions import GRANTED
from report.forms.answers.answer import AnswerError

LISTS = GRANTED
_LABELS = (
    ("affiliated_entities", re.compile(r"affiliated entit|свързан\w* лиц|entités? affiliées?", re.IGNORECASE)),
    ("co_applicants", re.compile(r"co-?applicant|съкандидат|co-?demandeur|mitantragsteller", re.IGNORECASE)),
)
_NAMES = {"co_applicants": "co-applicant", "affiliated_entities": "affiliated entity"}
_RULES = {
    "co_applicants": "a co-applicant takes part in the action and has signed a mandate (PRAG 6.1.2)",
    "affiliated_entities": "an affiliated entity has a structural link, in particular legal or capital, neither limited to "
    "the action nor made for it (PRAG 6.1.2; EU model grant agreement, art. 8)",
}


def role_list(label: str) -> str | None:
    """Return the list of the role that a form asks for, by the words beside its table."""
    return next((name for name, pattern in _LABELS if pattern.search(label)), None)


def check_role(rows: str, label: str) -> None:
    """Raise `AnswerError` where affiliations of any kind would be printed as having a role in the grant."""
    role = role_list(label)
    if role and rows != role:
        raise AnswerError(
            f"the form asks for a role in the grant ({_NAMES[role]}), and {rows} have no such role: {_RULES[role]}",
            f"write  rows: {role}; in it are the co_applicants of the action, or affiliations with  grant_role: {LISTS[role]}",
        )
