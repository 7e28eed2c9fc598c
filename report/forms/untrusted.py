"""Forms as the commands use them: a funder's file is opened, mapped and filled in a process with limits of time and memory."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from report import isolation
from report.forms import fill, form_map
from report.forms.fields.families import find_fields
from report.forms.fill import FactSource, FilledForm
from report.forms.word import text
from report.forms.word.package import open_form
from report.values import Location, ReportError


def map_form(form: Path) -> tuple[str, int]:
    """Return a map of a form as YAML, and how many fields it has; raise `ReportError` where the form cannot be read."""
    return isolation.run(_map_form, form, about=form)


def fill_form(form: Path, map_: Path, source: FactSource) -> FilledForm:
    """Fill a form by its map; raise `ReportError` where either cannot be read, or the form takes too much time or memory."""
    if source.dossier:  # the lines of the facts are many, and no answer names one
        source = replace(source, dossier=replace(source.dossier, files={}))
    return isolation.run(_fill_form, form, map_, source, about=form)


def _map_form(form: Path) -> tuple[str, int]:
    fields = find_fields(open_form(form))
    if not fields:
        hint = "a form has content controls, form fields, empty cells beside labels, bookmarks or {{ tags }}"
        raise ReportError.of("form.empty", "nothing in this file can be filled", Location(form), hint)
    fingerprint = hashlib.sha256(form.read_bytes()).hexdigest()
    return form_map.write(form, fingerprint, [field for field in fields if not field.locked]), len(fields)


def _fill_form(form: Path, map_: Path, source: FactSource) -> FilledForm:
    opened = open_form(form)
    filled = fill.fill(opened, *form_map.load(map_), source)
    if filled.content is None:
        return filled
    words = " ".join(text.of(opened.tree(part)) for part in opened.stories).split()
    return replace(filled, characters=len(" ".join(words)))
