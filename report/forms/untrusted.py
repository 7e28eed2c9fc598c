"""Forms as the commands use them: a funder's file is opened, mapped and filled in a process with limits of time and memory."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from report import isolation
from report.forms import fill, form_map
from report.forms.fields.families import find_fields
from report.forms.fill import FactSource, Filled
from report.forms.word import text
from report.forms.word.package import open_form
from report.values import Location, ReportError


def mapped(form: Path) -> tuple[str, int]:
    """Return a map of a form as YAML, and how many places it has; raise `ReportError` where the form cannot be read."""
    return isolation.run(_mapped, form, about=form)


def filled(form: Path, map_: Path, telling: FactSource) -> Filled:
    """Fill a form by its map; raise `ReportError` where either cannot be read, or the form takes too much time or memory."""
    if telling.dossier:  # the lines of the facts are many, and no answer names one
        telling = replace(telling, dossier=replace(telling.dossier, files={}))
    return isolation.run(_filled, form, map_, telling, about=form)


def _mapped(form: Path) -> tuple[str, int]:
    found = find_fields(open_form(form))
    if not found:
        hint = "a form has content controls, form fields, empty cells beside labels, bookmarks or {{ tags }}"
        raise ReportError.of("form.empty", "nothing in this file can be filled", Location(form), hint)
    fingerprint = hashlib.sha256(form.read_bytes()).hexdigest()
    return form_map.write(form, fingerprint, [place for place in found if not place.locked]), len(found)


def _filled(form: Path, map_: Path, telling: FactSource) -> Filled:
    opened = open_form(form)
    done = fill.fill(opened, *form_map.load(map_), telling)
    if done.content is None:
        return done
    said = (text.of(opened.tree(part)) for part in opened.stories)
    return replace(done, characters=len(" ".join(" ".join(said).split())))
