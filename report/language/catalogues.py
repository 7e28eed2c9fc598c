"""Catalogues to be translated: which labels there are, and a file of them that keeps what was translated before.

The labels are those of the templates, and those of the program's own catalogues, which have what its code says besides.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import meta

from report.language import labels, po_files, related
from report.language.po_files import Key, english_forms, forms
from report.values import ReportError
from report.workspace import Workspace, bundled_templates

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

Wanted = Mapping[Key, str | None]
"""Labels in the order in which they matter, each with its English plural, if it has one."""
_WIDTH = 120
_DECIMALS = "vwftce"
"""Operands of plural rules that are 0 in whole numbers (UTS 35, part 3)."""
_COUNTS = 1000
"""Up to so many a label counts; forms that no such number has are not asked for."""


def of_kind(workspace: Workspace, kind: str) -> dict[Key, str | None]:
    """Return the labels of a kind's templates, and of those that they use, in the order of the files."""
    made = _environment(workspace)
    found: dict[Key, str | None] = {}
    seen: set[str] = set()
    todo = [
        str(path.relative_to(root))
        for root in workspace.template_roots
        for path in sorted((root / kind).rglob("*.html.j2"))
    ]
    while todo:
        template = todo.pop(0)
        if template not in seen:
            seen.add(template)
            more, used = _of_template(made, template)
            found |= {key: many for key, many in more.items() if key not in found}
            todo += used
    return found


def everything(workspace: Workspace) -> dict[Key, str | None]:
    """Return all labels of the templates and of the program's own code."""
    made = _environment(workspace)
    found: dict[Key, str | None] = {}
    for root in workspace.template_roots:
        for path in sorted(root.rglob("*.html.j2")):
            more = _of_template(made, str(path.relative_to(root)))[0]
            found |= {key: many for key, many in more.items() if not found.get(key)}
    for path in sorted((bundled_templates() / "locale").glob("*.po")):
        for message in po_files.read_catalogue(path, path.stem):
            if message.id:
                found.setdefault(po_files.key(message), _many(message))
    return found


def _environment(workspace: Workspace) -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader([str(root) for root in workspace.template_roots]))


def _of_template(made: jinja2.Environment, template: str) -> tuple[Mapping[Key, str | None], Sequence[str]]:
    """Return the labels of a template, and the names of the templates that it uses."""
    if made.loader is None:
        return {}, []
    try:
        return _of_source(made.loader.get_source(made, template)[0])
    except (jinja2.TemplateError, OSError, UnicodeError):  # told where it is rendered
        return {}, []


@functools.lru_cache(maxsize=256)
def _of_source(source: str) -> tuple[Mapping[Key, str | None], Sequence[str]]:
    """Return the labels of a template's text, and the names of the templates that it uses; both are shared."""
    parser = jinja2.Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    parser.newstyle_gettext = True  # type: ignore[attr-defined]
    used = [name for name in meta.find_referenced_templates(parser.parse(source)) if name]
    found: dict[Key, str | None] = {}
    for _, function, said in parser.extract_translations(source):  # type: ignore[attr-defined]
        words = [one for one in (said if isinstance(said, tuple) else (said,)) if isinstance(one, str)]
        if function == "pgettext" and len(words) == 2:
            found[words[1], words[0]] = None
        elif words:
            found.setdefault((words[0], None), words[1] if function == "ngettext" and len(words) > 1 else None)
    return found, used


@dataclass(frozen=True, slots=True)
class Update:
    """A catalogue that was brought up to date, and what there is to translate in it.

    `content` is its file, or None where it is as it should be. Of its `labels` those that are `needed` come first; `open` are those
    that have no translation, the needed ones first. `obsolete` are translations that no label asks for any more, `bundled` labels that
    come translated with the program. `helper` is the language whose translations stand beside the labels.
    """

    path: Path
    content: bytes | None
    labels: int
    needed: int
    open: tuple[str, ...]
    open_needed: int
    obsolete: int
    bundled: int
    helper: str | None


def update(workspace: Workspace, language: str, needed: Wanted, kinds: Collection[str]) -> Update:
    """Return a language's own catalogue in the workspace with every label; write nothing.

    First come those that are `needed`, then those of the `kinds` of documents, then the rest. Translations that are there are kept;
    those of labels that are gone are kept as obsolete. Raise `ReportError` for a file that cannot be read or is of another language.
    """
    path = workspace.root / "templates" / "locale" / f"{language}.po"
    old = _old(workspace, path, language)
    bundled = bundled_templates() / "locale" / path.name
    program = po_files.of_file(bundled, language) if bundled.is_file() and bundled != path else {}
    wanted: dict[Key, str | None] = dict(needed)
    for more in (*(of_kind(workspace, kind) for kind in kinds), everything(workspace)):
        wanted |= {key: many for key, many in more.items() if not wanted.get(key)}
    own = {key: many for key, many in wanted.items() if key not in program}
    helper = related.nearest(language, [one for one in labels.languages(workspace) if one != labels.SOURCE])
    made = _merged(old, own, language, _helper(workspace, helper))
    empty = [key for key in own if not _is_done(made.get(*key))]
    same = path.exists() and _same(old, made)
    content = None if same or not own else _file(made, old if path.exists() else None, language)
    return Update(
        path=path,
        content=content,
        labels=len(own),
        needed=len([key for key in needed if key in own]),
        open=tuple(message for message, _ in empty),
        open_needed=len([key for key in empty if key in needed]),
        obsolete=len(made.obsolete),
        bundled=len(wanted) - len(own),
        helper=helper,
    )


def _helper(workspace: Workspace, language: str | None) -> labels.Labels | None:
    try:
        return labels.load(workspace, language) if language else None
    except ReportError:  # told where that language is asked for
        return None


def _old(workspace: Workspace, path: Path, language: str) -> Catalog:
    """Return the catalogue that is there, or an empty one with the language's plural forms."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - English needs none

    if path.is_symlink():
        workspace.require_inside(path)
    if path.exists():
        return po_files.read_catalogue(path, language)
    made = Catalog(language.replace("-", "_"), fuzzy=False)
    made.mime_headers = [("Plural-Forms", plural_forms(language))]
    return made


def plural_forms(language: str) -> str:
    """Return a language's rule of plurals (Unicode CLDR) as gettext writes it.

    Forms that only fractions have, or numbers beyond what a label counts, are left out: nobody could translate them.
    """
    from babel.core import Locale  # noqa: PLC0415 - English needs none
    from babel.plural import PluralRule, to_gettext  # noqa: PLC0415

    rule = Locale.parse(language.replace("-", "_")).plural_form
    seen = {rule(count) for count in range(_COUNTS)}
    named = {tag: whole for tag, said in rule.rules.items() if tag in seen and (whole := _of_whole_numbers(said))}
    if "other" not in seen:
        named.popitem()
    return to_gettext(PluralRule(named)).rstrip(";")


def _of_whole_numbers(rule: str) -> str:
    """Return a rule of the Unicode CLDR without what it says of decimals and exponents, which are 0 in whole numbers."""
    from babel.plural import PluralRule  # noqa: PLC0415 - English needs none

    clauses = []
    for clause in rule.split(" or "):
        parts = clause.split(" and ")
        decimal = [part for part in parts if part[0] in _DECIMALS]
        if all(PluralRule({"one": part})(0) == "one" for part in decimal):
            clauses.append(" and ".join(part for part in parts if part not in decimal))
    return " or ".join(clause for clause in clauses if clause)


def _merged(old: Catalog, own: Wanted, language: str, helper: labels.Labels | None) -> Catalog:
    """Return a catalogue of the labels in their order, with the translations that are there, and what is gone as obsolete."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - English needs none

    made = Catalog(language.replace("-", "_"), fuzzy=False)
    made.mime_headers = [("Plural-Forms", old.plural_forms)]
    there = {po_files.key(message): message for message in (*old.obsolete.values(), *old) if message.id}
    used = set()
    for key, many in own.items():
        message = _carried(there.get(key), there.get((many, None)) if many else None, key, many, old.num_plurals)
        message.auto_comments = _beside(helper, key, many)
        made[message.id] = message
        used |= {key, (many, None)}
    for key, message in there.items():
        if key not in used and key not in own and any(forms(message)):
            made.obsolete[made._key_for(message.id, message.context)] = message
    return made


def _carried(one: Message | None, other: Message | None, label: Key, many: str | None, count: int) -> Message:
    """Return the entry of a label, with what its language said before; two labels become the forms of one that counts."""
    from babel.messages.catalog import Message  # noqa: PLC0415 - English needs none

    flags = {flag for flag in one.flags if flag == "fuzzy"} if one else set()
    comments = one.user_comments if one else []
    if many is None:
        said = forms(one)[0] if one else ""
        return Message(label[0], said, flags=flags, user_comments=comments, context=label[1])
    told = list(forms(one)) if one else []
    if one and not one.pluralizable:
        told += [forms(other)[0] if other else ""] * (count - 1)
        flags |= {"fuzzy"} if count != 2 and any(told) else set()
    told = (told + [""] * count)[:count]
    return Message((label[0], many), tuple(told), flags=flags, user_comments=comments, context=label[1])


def _beside(helper: labels.Labels | None, key: Key, many: str | None) -> list[str]:
    """Return how a near language says a label, for the translator."""
    if helper is None or not helper.has(*key):
        return []
    said = [helper.plural(key[0], many, count) for count in (1, 2, 5)] if many else [helper.get(*key)]
    return [f"{helper.language}: {' / '.join(dict.fromkeys(said))}"]


def _many(message: Message) -> str | None:
    return next(iter(english_forms(message)[1:]), None)


def _is_done(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(forms(message))


def _same(old: Catalog, made: Catalog) -> bool:
    """Say whether a file has all entries already, in whatever order."""

    def entries(catalogue: Catalog) -> set[object]:
        return {(po_files.key(m), _many(m), forms(m), m.fuzzy) for m in catalogue if m.id}

    return entries(old) == entries(made) and set(old.obsolete) == set(made.obsolete)


def _file(made: Catalog, old: Catalog | None, language: str) -> bytes:
    """Return a catalogue as a file. Its header is short, and keeps who translated it."""
    from babel.messages.pofile import write_po  # noqa: PLC0415 - English needs none

    comment = old.header_comment.strip() if old else ""
    if not comment or "Translations template" in comment:
        comment = f"# {related.english(language)} labels. The English label is the msgid; write the {related.english(language)} words between the quotes of msgstr."
    kept = {"Last-Translator": old.last_translator, "Language-Team": old.language_team} if old else {}
    headers = {
        "Language": language,
        **{
            name: value
            for name, value in kept.items()
            if value and "LANGUAGE" not in value and "FULL NAME" not in value
        },
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": made.plural_forms.rstrip(";") + ";",
    }
    lines = [comment, 'msgid ""', 'msgstr ""', *(f'"{name}: {value}\\n"' for name, value in headers.items()), "", ""]
    written = io.BytesIO()
    write_po(written, made, width=_WIDTH, omit_header=True)
    return "\n".join(lines).encode() + written.getvalue().rstrip(b"\n") + b"\n"
