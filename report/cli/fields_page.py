"""All fields of the data files as a page for people: docs/fields.md, and docs/bg/fields.md in Bulgarian."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from report.language.fields import words
from report.model.base import Fact


class _Language(NamedTuple):
    """The words of the page itself."""

    head: str
    columns: str
    needed: str
    every: str
    left_out: str
    has_default: str
    list: str
    kinds: Mapping[str, str]


_ENGLISH = _Language(
    head="""# The fields of the data files

Made by `report schema --fields`; a test keeps it true. How texts, dates and references are written is in
[facts.md](facts.md). A passage may have lengths, paragraphs, lists, emphasis and links; a text is plain. An id is a word of small
Latin letters, digits and hyphens.
""",
    columns="| field | called | is | |",
    needed="needed",
    every="where the fact comes from, as with every fact",
    left_out="{}; {} if left out.",
    has_default="left out",
    list="list of",
    kinds={
        "integer": "whole number",
        "number": "number",
        "boolean": "`true` or `false`",
        "word": "word",
        "text": "text",
        "passage": "passage",
        "date": "date",
    },
)
_BULGARIAN = _Language(
    head="""# Полетата на файловете с данни

Направено с `report schema --fields --lang bg`; тест следи да е вярно. Как се пишат текстове, дати и препратки, е в
[facts.md](../facts.md). Един пасаж може да има няколко дължини, абзаци, списъци, ударения и връзки; текстът е на един ред. Кодът е дума от
малки латински букви, цифри и тирета.
""",
    columns="| поле | нарича се | е | |",
    needed="задължително",
    every="откъде идва фактът, както при всеки факт",
    left_out="{}; {}, ако не е посочено.",
    has_default="ако не е посочен",
    list="списък:",
    kinds={
        "integer": "цяло число",
        "number": "число",
        "boolean": "`true` или `false`",
        "word": "дума",
        "text": "текст",
        "passage": "пасаж",
        "date": "дата",
    },
)
_PAGES = {"en": _ENGLISH, "bg": _BULGARIAN}
LANGUAGES = tuple(_PAGES)
"""The languages that the page is made in."""

_MOST_CHOICES = 30
"""Choices that the page lists."""
_OF_EVERY_FACT = dict.fromkeys(("source", "as_of", "confidence", "remark"))


def page(schemas: Mapping[str, Mapping[str, Any]], language: str) -> str:
    """Return the page of the fields of all data files, from their JSON Schemas by file name, which have the words of a language."""
    return _PAGES[language].head + "".join(_file(name, schema, language) for name, schema in schemas.items())


def _file(name: str, schema: Mapping[str, Any], language: str) -> str:
    records = schema.get("$defs", {})
    lines = [f"\n## {name}\n", *_table(schema, records, language)]
    for title in _named(schema, records):
        label = records[title].get("title", title)
        called = title if label == title else f"{title} – {label}"
        lines += [f"\n### {name.removesuffix('.yaml')}: {called}\n", *_table(records[title], records, language)]
    return "\n".join(lines) + "\n"


def _named(schema: Mapping[str, Any], records: Mapping[str, Any], seen: tuple[str, ...] = ()) -> list[str]:
    """Return the records that a schema leads to, in the order in which a reader meets them."""
    found: list[str] = []
    for field in schema.get("properties", {}).values():
        for title in _references(field):
            if title not in (*seen, *found) and "properties" in records[title]:
                found.append(title)
                found += _named(records[title], records, (*seen, *found))
    return list(dict.fromkeys(found))


def _references(field: Any) -> Iterator[str]:
    if isinstance(field, Mapping):
        if "$ref" in field:
            yield field["$ref"].rpartition("/")[2]
        for value in field.values():
            yield from _references(value)
    elif isinstance(field, list):
        for value in field:
            yield from _references(value)


def _table(schema: Mapping[str, Any], records: Mapping[str, Any], language: str) -> list[str]:
    own = _PAGES[language]
    needed = schema.get("required", ())
    fields = schema["properties"]
    general = {
        name
        for name in _OF_EVERY_FACT
        if fields.keys() >= _OF_EVERY_FACT.keys() and not _special(name, fields[name], language)
    }
    rows = [
        f"| `{name}`{f' ({own.needed})' if name in needed else ''} | {field.get('title', '')} | {_kind(field, records, own)} | {_description(field, own)} |"
        for name, field in fields.items()
        if name not in general
    ]
    if general:
        listed = ", ".join(f"`{name}`" for name in _OF_EVERY_FACT if name in general)
        rows.append(f"| {listed} | | | {own.every} |")
    return [own.columns, "|---|---|---|---|", *rows]


def _special(name: str, field: Mapping[str, Any], language: str) -> bool:
    """Say whether a record has words of its own for a field that every fact has."""
    return _description(field, _PAGES[language]) != words(Fact, name, language).help


def _description(field: Mapping[str, Any], own: _Language) -> str:
    """Return the words on a field, with what is taken where it is left out, unless they say so."""
    found = [field, *field.get("anyOf", ())]
    text = next((one["description"] for one in found if "description" in one), "")
    default = _default(field.get("default"))
    text = " ".join(text.split())
    return own.left_out.format(text.removesuffix("."), default) if default and own.has_default not in text else text


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list | tuple):
        return ", ".join(_default(one) for one in value)
    return f"`{value}`" if value not in (None, "") and not isinstance(value, Mapping) else ""


def _kind(field: Mapping[str, Any], records: Mapping[str, Any], own: _Language) -> str:
    options = [one for one in field.get("anyOf", [field]) if one.get("type") != "null"]
    if len(options) > 1:
        return own.kinds[_of_several(options)]
    (one,) = options
    if len(one.get("enum", ())) > _MOST_CHOICES:
        return own.kinds["word"]
    if "enum" in one:
        return ", ".join(f"`{value}`" for value in one["enum"])
    if "const" in one:
        return f"`{one['const']}`"
    if "$ref" in one:
        title = one["$ref"].rpartition("/")[2]
        return f"`{title}`" if "properties" in records[title] else _kind(records[title], records, own)
    if one.get("type") == "array":
        return f"{own.list} {_kind(one['items'], records, own)}"
    name = str(one.get("format", "word"))
    return own.kinds.get(one.get("type", "")) or own.kinds.get(name, name)


def _of_several(options: list[Mapping[str, Any]]) -> str:
    """Texts, passages and dates may be written in several ways; their schemas differ in how many."""
    if any(option.get("type") == "integer" for option in options):
        return "date"
    inner = str(options)
    return "passage" if "short" in inner else "text"
