"""Which fact seems to fit a field, by the words nearest to it, in English, Bulgarian, French and German."""

from __future__ import annotations

import re
from collections.abc import Sequence

from report.forms.answers import grant_roles
from report.forms.fields.field import WordField

_FACTS: tuple[tuple[str, str], ...] = (
    (r"acronym|abbreviat|short name|alias|акроним|съкратен|sigle|abkürzung|kurzname", "organisation.acronym"),
    (r"legal (form|status)|type of organi[sz]ation|правна форма|правен статут|forme juridique|rechtsform", "organisation.legal_form"),
    (r"regist\w* (number|no)|company (number|no)|eik|еик|булстат|регистрационен номер|numéro d.enregistrement|registernummer", "organisation.registrations[0].number"),
    (r"(date|year) of (registration|incorporation)|дата на (регистрация|вписване)", "organisation.registrations[0].date"),
    (r"(registration|registering) authority|register\b|регистър|съд", "organisation.registrations[0].registry"),
    (r"(date|year) of (establish\w+|foundation|creation)|(established|founded)( in)?|учреден|основан|създаден|date de création|gründung", "organisation.founded"),
    (r"e-?mail|ел\. ?поща|имейл|електронна поща|courriel", "organisation.contact.email"),
    (r"phone|telephone|tel\b|телефон|téléphone", "organisation.contact.phone"),
    (r"web ?site|url|internet|уебсайт|интернет страница|site web|webseite", "organisation.contact.website"),
    (r"address|seat|street|адрес|седалище|adresse|anschrift", "organisation.contact.address"),
    (r"country|nationality|държава|националност|pays|land\b", "organisation.country"),
    (r"mission|mandate|мисия|mandat", "organisation.mission"),
    (r"vision|визия", "organisation.vision"),
    (r"(area|field|sector)s? of (work|activity|expertise)|област(и)? на дейност|domaines? d.activité|tätigkeitsfeld", "organisation.fields_of_work"),
    (r"governance|управление|gouvernance", "organisation.governance"),
    (r"beneficiar|target group|целев|бенефициент|bénéficiaire|zielgruppe", "organisation.beneficiaries"),
    (r"about|description|background|profile of|presentation of|описание|представяне|présentation|beschreibung", "organisation.about"),
    (r"name|title of (the )?(applicant|organi[sz]ation)|applicant|lead|наименование|име\b|кандидат|nom\b|dénomination|bezeichnung|name", "organisation.name"),
)  # fmt: skip
"""First come, first served: what is more special stands higher."""
_LISTS: tuple[tuple[str, str], ...] = (
    (r"network|member|affiliat|cluster|consorti|мреж|членств|réseau|netzwerk", "affiliations"),
    (r"regist|регистр", "organisation.registrations"),
    (r"staff|board|person|people|director|екип|управителен|лица", "people"),
    (r"objective|aim|goal|цел", "objectives"),
    (r"programme|project|програм|проект", "programmes"),
)
_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "affiliations": (
        (r"acronym|short|съкр", "network.acronym"),
        (r"since|from|date|period|от|период", "affiliation.since"),
        (r"relation|role|tie|explain|explanation|how|роля|връзка|отношение", "affiliation.role"),
        (r"kind|type|вид", "affiliation.kind"),
        (r"country|nationality|държава", "network.country"),
        (r"web|url|сайт", "network.website"),
        (r"scope|обхват", "network.scope"),
        (r"name|network|organi[sz]ation|cluster|мрежа|име|наименование", "network.name"),
    ),
    "co_applicants": (
        (r"europeaid|pador", "europeaid_id"),
        (r"(nationality|country|държава).*(establish|founded|учред)", "nationality, established"),
        (r"nationality|country|държава", "nationality"),
        (r"establish|founded|учред", "established"),
        (r"legal (form|status)|правна форма|правен статут", "legal_status"),
        (r"relation|отношение|връзка", "relation"),
        (r"acronym|short|съкр", "acronym"),
        (r"name|organi[sz]ation|име|наименование", "name"),
    ),
    "organisation.registrations": (
        (r"number|no\b|номер", "number"),
        (r"date|since|дата", "date"),
        (r"authority|register|регистър|орган", "registry"),
    ),
    "people": ((r"since|from|от", "since"), (r"role|position|function|роля|длъжност", "role"), (r"name|име", "name")),
    "objectives": ((r"kind|type|вид", "kind"), (r"objective|aim|goal|text|цел", "text")),
    "programmes": (
        (r"summary|description|описание", "summary"),
        (r"since|from|start|от|начал", "since"),
        (r"until|end|до|край", "until"),
        (r"name|title|programme|project|име|проект|програма", "name"),
    ),
}
_ROOTS = ("organisation", "affiliations", "objectives", "people", "programmes", "indicators", "year", "years")


def fact(field: WordField) -> str | None:
    """Return the fact that seems to fit, by the name of a field and then by the text near it."""
    if field.kind in ("checkbox", "dropdown", "picture", "date"):
        return None
    name = _words(field.name) if field.family in ("control", "legacy", "bookmark") else ""
    return _first(_FACTS, name) or _first(_FACTS, field.near)


def _words(name: str) -> str:
    """Return a name's words apart: OrgName, org_name."""
    return re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])|[_.#\d-]+", " ", name)


def rows(near: str, columns: Sequence[str]) -> tuple[str | None, dict[str, str | None]]:
    """Return the list that seems to fit a table, and the fact of a record for each column."""
    listed = grant_roles.role_list(near) or _first(_LISTS, near) or _first(_LISTS, " ".join(columns))
    facts = _COLUMNS["co_applicants" if listed in grant_roles.LISTS else listed] if listed else ()
    return listed, {column: _first(facts, _words(column)) for column in columns}


def is_fact(path: str) -> bool:
    """Say whether a tag's name begins as those of facts do."""
    return re.split(r"[.\[]", path)[0] in _ROOTS


def _first(table: Sequence[tuple[str, str]], words: str) -> str | None:
    return next((path for pattern, path in table if re.search(rf"(?<!\w)(?:{pattern})", words, re.IGNORECASE)), None)
