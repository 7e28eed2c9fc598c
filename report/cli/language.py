"""``report language``: a catalogue of labels to be translated."""

from __future__ import annotations

from pathlib import Path

import click

from report import files
from report.cli import options, problems
from report.language import catalogues, labels, related
from report.model.codes import LANGUAGE
from report.model.suggestions import nearest
from report.pipeline import wording
from report.values import UsageError
from report.workspace import Workspace


@click.command()
@click.argument("language", metavar="LANGUAGE")
@options.workspace
@click.option("--missing", is_flag=True, help="List the labels without a translation, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(language: str, root: Path, missing: bool, as_json: bool) -> None:
    """Write or update templates/locale/LANGUAGE.po, the labels to translate: first those that the documents of this workspace print.

    LANGUAGE is a code such as mk, pt-BR or sr-Latn. Existing translations are kept.
    """
    _require(language)
    workspace = Workspace.at(root)
    needed = wording.needed(workspace, language)
    update = catalogues.update(workspace, language, needed.labels, needed.kinds)
    if update.content is not None and not missing:
        files.replace(update.path, update.content)
    if as_json:
        problems.dump(_row(update, missing))
    elif missing:
        for message in update.open:
            click.echo(problems.safe(message))
    else:
        for line in _summary(language, update, needed):
            click.echo(line)


def _require(language: str) -> None:
    """Raise `UsageError` for what is no language, or needs no catalogue."""
    from babel.localedata import locale_identifiers

    if language == labels.SOURCE:
        hint = "name another language; what the templates say is changed in the templates"
        raise UsageError.of("language.source", "the English labels are in the templates", hint=hint)
    if LANGUAGE.fullmatch(language) and labels.is_known(language):
        return
    known = {name.replace("_", "-") for name in locale_identifiers()}
    named = {related.english(code).lower(): code for code in known if "-" not in code}
    meant = next((code for code in known if code.lower() == language.replace("_", "-").lower()), None)
    meant = meant or named.get(language.lower())
    short = sorted(code for code in known if len(code) < 4)
    advice = f"write {meant}" if meant else nearest(language, short, None)
    message = f"'{language}' is not the code of a language that documents can be made in"
    raise UsageError.of("language.unknown", message, hint=advice or "write a code such as mk, pt-BR or sr-Latn")


def _summary(language: str, update: catalogues.Update, needed: wording.Needed) -> list[str]:
    """Return what was done, and what to do next."""
    name, path = related.english(language), problems.relative(update.path)
    verb = "is as it should be" if update.content is None else "written"
    lines = [f"{path}: {verb}"] if update.labels else [f"all {update.bundled} labels are there in {name}"]
    if update.labels:
        first = f", {update.needed} of them needed by the documents here" if needed.documents else ""
        lines.append(
            f"{_many(update.labels, 'label')}{first}: these come first" if first else _many(update.labels, "label")
        )
    if update.bundled and update.labels:
        lines.append(f"{_many(update.bundled, 'further label')} come translated with the program")
    if update.obsolete:
        lines.append(
            f"{_many(update.obsolete, 'translation')} that no label asks for any more: kept at the end, after #~"
        )
    if needed.composed < needed.documents:
        lines.append(f"{needed.composed} of {needed.documents} documents were looked at")
    if not update.labels:
        return lines
    if not update.open:
        return [*lines, f"nothing is left to translate: name {language} in  languages:  of documents.yaml"]
    beside = f"; the words after #. are {related.english(update.helper)}" if update.helper else ""
    todo = f"{update.open_needed} that the documents here need, and {len(update.open) - update.open_needed} more"
    return [
        *lines,
        f"without a translation: {todo}",
        f'next: write the {name} words into the empty msgstr "", keeping placeholders such as %(name)s{beside}',
        f"then: name {language} in  languages:  of documents.yaml, and run  report build",
    ]


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _row(update: catalogues.Update, missing: bool) -> dict[str, object]:
    return {
        "path": problems.relative(update.path),
        "written": update.content is not None and not missing,
        "labels": update.labels,
        "needed": update.needed,
        "open": list(update.open),
        "open_needed": update.open_needed,
        "obsolete": update.obsolete,
        "bundled": update.bundled,
        "nearest": update.helper,
    }
