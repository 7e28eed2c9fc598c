"""The folder of a new organisation: the smallest that builds, with notes on what may come next, or the facts of an example."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from report import files
from report.language import labels
from report.looks import glyphs, kinds
from report.model.base import Id, Languages
from report.model.codes import Country, country_named, language_meant
from report.model.loading.load import SHARED
from report.model.suggestions import nearest
from report.model.text import Passage, Text
from report.source import read
from report.source.patch import Change, Remove, Set, patched, writing
from report.values import Location, Problem, ReportError, Severity, UsageError
from report.workspace import RESERVED, Workspace

KIND = "annual-report"
"""The kind of the first document."""
_LONGEST = 60
"""Letters of an id."""
_BEGIN = ".new-"
"""How the folder is called until it is whole."""
_LETTERS = str.maketrans(
    dict(
        zip("абвгдезийклмнопрстуфъьёыэіїєѓќљњћђј", "a b v g d e z i y k l m n o p r s t u f a y yo y e i yi ye g k l n c d j".split(), strict=True),
        ж="zh", х="h", ц="ts", ч="ch", ш="sh", щ="sht", ю="yu", я="ya", џ="dz", ѕ="dz",
        ß="ss", æ="ae", ø="o", œ="oe", ł="l", đ="d", ð="d", þ="th", ı="i",
    )
)  # fmt: skip
"""Letters that Unicode does not take apart: Cyrillic as the Bulgarian law on transliteration has it (2009), with those of its neighbours."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new organisation says of itself: its texts are in the first of its languages."""

    id: str
    name: str
    country: str
    languages: tuple[str, ...]
    about: str


def begin(workspace: Workspace, new: Beginning, today: datetime.date) -> Path:
    """Write the folder of a new organisation and return it; raise `ReportError` with all that is wrong, and write nothing then."""
    wrong = [
        *problems_of("id", new.id, workspace),
        *problems_of("name", new.name),
        *problems_of("country", new.country),
    ]
    wrong += [*problems_of("languages", new.languages), *problems_of("about", new.about)]
    if wrong:
        raise UsageError(wrong)
    notes = _NOTES.get(new.languages[0].partition("-")[0], _NOTES["en"])
    facts = {"name": new.name, "country": new.country, "languages": list(new.languages), "about": new.about}
    first, title = new.languages[0], _title(workspace, new.languages[0])
    request: dict[str, Any] = {"id": KIND, "kind": KIND, "title": title, "languages": [first]}
    if first not in labels.languages(workspace):
        request["fallback"] = labels.SOURCE
    request["date"] = today.isoformat()
    return _placed(
        workspace,
        new.id,
        {
            "organisation.yaml": _text(notes.organisation, facts, notes.more),
            "documents.yaml": _text(notes.documents, {"documents": [request]}, notes.more_documents),
        },
    )


def begin_like(workspace: Workspace, example: str, id_: str, name: str) -> Path:
    """Write the folder of a new organisation with the facts of an example under its own name; return it."""
    wrong = [*problems_of("id", id_, workspace), *problems_of("name", name)]
    if wrong:
        raise UsageError(wrong)
    if example not in workspace.organisations():
        none = f"there is none in {workspace.data}: copy the folder of an example there"
        hint = nearest(example, workspace.organisations(), "available:") or none
        raise UsageError.of("organisation.unknown", f"there is no organisation '{example}'", hint=hint)
    folder = workspace.data / example
    path = folder / "organisation.yaml"
    text, facts = path.read_text("utf-8"), read(path).data
    language = (facts.get("languages") or ["en"])[0]
    changes: list[Change] = [Set(("name",), {"original": language, language: name})]
    changes += [Remove((field,), with_comments=True) for field in ("acronym",) if field in facts]
    for change in changes:
        text = patched(path, text, change)
    return _placed(workspace, id_, {"organisation.yaml": text}, folder)


def id_of(name: str) -> str:
    """Return the id that a name gives: small Latin letters, digits and hyphens; nothing where it has no letter that can be written so."""
    letters = unicodedata.normalize("NFC", name).lower().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    words = re.findall("[a-z0-9]+", plain.replace("'", "").replace("’", ""))
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words.pop()
    return "-".join(words)[:_LONGEST]


def languages_in(text: str) -> tuple[str, ...]:
    """Return the codes in a text such as ``en, bg``."""
    return tuple(word for word in re.split(r"[\s,;]+", text) if word)


def problems_of(field: str, value: Any, workspace: Workspace | None = None) -> Iterator[Problem]:
    """Yield what is wrong with an answer, and what to do; with a `workspace`, whether an id is taken there."""
    types: dict[str, Any] = {"id": Id, "name": Text, "country": Country, "languages": Languages, "about": Passage}
    try:
        TypeAdapter(types[field]).validate_python(value, context={"plain": "en"})
    except ValidationError as error:
        yield from dict.fromkeys(_problem(field, value, one) for one in error.errors())
        return
    if field == "id":
        if RESERVED.fullmatch(value) or value in {"profiles", *(Path(name).stem for name in SHARED)}:
            yield _wrong(
                field, f"'{value}' is a name that this folder or Windows has for something else", "choose another"
            )
        elif workspace and os.path.lexists(workspace.data / value):
            yield _wrong(
                field, f"there is a folder {workspace.data / value}", "choose another id, or change the facts in it"
            )
    if field in ("name", "about") and (lost := [c for c in dict.fromkeys(value) if not _has_glyph(c)]):
        shown = ", ".join(map(glyphs.describe, lost[:3]))
        yield _wrong(field, f"{field}: no font of the program has {shown}", "leave it out")
    if field == "name" and len(value) > _MOST_NAME:
        yield _wrong(field, f"the name has {len(value)} characters; the most is {_MOST_NAME}", "write the name alone")


def _has_glyph(character: str) -> bool:
    """Say whether a character can be printed: one of scripts and signs, which a font of one's own may have, and no picture."""
    return not (ord(character) > 0xFFFF and unicodedata.category(character) in ("So", "Sk", "Cn", "Co", "Cs"))


_MOST_NAME = 300
"""Characters of a name: more would not fit a line of a report."""


def _problem(field: str, value: Any, error: Any) -> Problem:
    context = error.get("ctx", {})
    hint = str(context.get("hint", ""))
    if field == "country":
        code = country_named(str(value)) or (str(value).upper() if len(str(value)) == 2 else "")
        message = f"'{value}' is not the code of a country (ISO 3166-1)"
        known = code and not list(problems_of("country", code)) if code != value else False
        return _wrong(field, message, hint or (f"write {code}" if known else "write two letters, such as BG"))
    if field == "languages":
        said = error["input"] if isinstance(error["input"], str) else ", ".join(map(str, error["input"]))
        meant = language_meant(said) if said else None
        message = f"'{said}' is not the code of a language (ISO 639)" if said else "there is no language"
        if error["type"] == "data.twice":
            return _wrong(field, error["msg"], "write each once")
        return _wrong(field, message, f"write {meant}" if meant and meant != said else "write codes such as en,bg")
    if field == "id":
        likely = id_of(str(value))
        message = f"'{value}' is not an id: small Latin letters, digits and hyphens, {_LONGEST} at most"
        return _wrong(field, message, f"write {likely}" if likely else "choose a short name in Latin letters")
    message = error["msg"].removeprefix("Value error, ")
    return _wrong(field, f"{field}: {message}", hint or "write a text")


def _wrong(field: str, message: str, hint: str) -> Problem:
    return Problem(Severity.ERROR, f"new.{field}", message, None, hint)


def _title(workspace: Workspace, language: str) -> str:
    """Return what the first document is called: the name of its kind in a language, or else in English."""
    name = kinds.load(workspace, KIND)[0].name
    found = name.in_language(language, "en")
    return found.text if found else KIND


def _text(head: str, facts: dict[str, Any], more: str) -> str:
    return f"{head}\n" + "\n".join(writing.lines(facts, 0)) + f"\n\n{more}"


def _placed(workspace: Workspace, id_: str, texts: dict[str, str], example: Path | None = None) -> Path:
    """Put a folder with these files in its place, whole or not at all."""
    target = workspace.data / id_
    files.sweep(workspace.data, _BEGIN)
    try:
        aside = Path(tempfile.mkdtemp(prefix=_BEGIN + files.mark(), dir=workspace.data))
    except OSError as error:
        raise ReportError.of("output.write", f"cannot be written: {error.strerror}", Location(workspace.data)) from None
    try:
        if example:
            shutil.copytree(example, aside, dirs_exist_ok=True)
        aside.chmod(0o777 & ~files.umask())
        for name, text in texts.items():
            files.replace(aside / name, text.encode())
        if os.path.lexists(target):  # since it was asked for
            raise UsageError(problems_of("id", id_, workspace))
        aside.rename(target)
    except OSError as error:
        raise ReportError.of("output.write", f"cannot be written: {error.strerror}", Location(target)) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target


@dataclass(frozen=True, slots=True)
class _Notes:
    """What the files say to those who open them."""

    organisation: str
    more: str
    documents: str
    more_documents: str


_NOTES = {
    "en": _Notes(
        """\
# Facts about the organisation. Texts are in the first of its languages; the same in two:  about: {en: …, bg: …}
# `report check` tells every mistake with its line and what to do.""",
        """\
# What may come next: take the # away and write your own.
# founded: 2003-05
# legal_form: association
# mission: What you are there for, in a sentence or two.
# fields_of_work: [Light for small harbours, Safety at sea]
# contact:
#   email: office@example.org
#   website: https://example.org
# The networks you belong to are in affiliations.yaml, your aims in objectives.yaml: docs/facts.md shows them.
""",
        "# Which documents are made of the facts:  report build",
        """\
# More languages need every text in them:  languages: [en, bg]
# More documents: the kinds are listed by  report list
# - id: leaflet
#   kind: leaflet-a6
#   title: In brief
#   languages: [en]
#   date: 2026-01-31
""",
    ),
    "bg": _Notes(
        """\
# Факти за организацията. Текстовете са на първия от езиците ѝ; на два езика:  about: {bg: …, en: …}
# `report check` казва всяка грешка с реда ѝ и какво да се направи.""",
        """\
# Какво може да последва: махнете # и напишете своето.
# founded: 2003-05
# legal_form: сдружение
# mission: За какво сте, в едно-две изречения.
# fields_of_work: [Светлина за малките пристанища, Безопасност по море]
# contact:
#   email: office@example.org
#   website: https://example.org
# Мрежите, в които членувате, са в affiliations.yaml, целите ви – в objectives.yaml: вижте docs/facts.md.
""",
        "# Кои документи се правят от фактите:  report build",
        """\
# За повече езици всеки текст трябва да е и на тях:  languages: [bg, en]
# Още документи: видовете се изброяват от  report list
# - id: leaflet
#   kind: leaflet-a6
#   title: Накратко
#   languages: [bg]
#   date: 2026-01-31
""",
    ),
}
