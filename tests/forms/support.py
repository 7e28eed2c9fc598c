"""Filling forms in tests, and the proof that nothing else was changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

from report.forms import fill, form_map
from report.forms.fields.families import find_fields
from report.forms.fields.field import WordField
from report.forms.fill import FactSource, FilledForm
from report.forms.word import text
from report.forms.word.package import open_form


def filled(form: Path, fields: Iterable[dict[str, Any]], telling: FactSource | None = None) -> FilledForm:
    """Fill a form by a map of these fields."""
    path = form.with_suffix(".yaml")
    path.write_text(yaml.safe_dump({"form": form.name, "fields": list(fields)}, allow_unicode=True), "utf-8")
    return fill.fill(open_form(form), *form_map.load(path), telling or FactSource(None, form.parent))


def words(made: FilledForm, folder: Path) -> dict[str, str]:
    """Return what stands at each place of a filled form."""
    assert made.content is not None, made.problems
    path = folder / "filled.docx"
    path.write_bytes(made.content)
    return {place.address: place.now for place in find_fields(open_form(path))}


def document(content: bytes | None, part: str = "word/document.xml") -> etree._Element:
    """Return a part of a file."""
    assert content is not None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(part))


def differences(before: Path, content: bytes, addresses: Iterable[str], stored: Iterable[str] = ()) -> list[str]:
    """Return the parts of a filled form that differ from the form's outside of the places at `addresses`.

    Parts without such a place must have the same bytes, but for those that are `stored` to: the data that controls are bound to.
    """
    after = before.with_name("after.docx")
    after.write_bytes(content)
    old, new, wanted = open_form(before), open_form(after), set(addresses)
    found = [name for name in [*old.parts, *new.parts] if (name in old.parts) != (name in new.parts)]
    touched = {place.part for place in find_fields(old) if place.address in wanted} | set(stored)
    for name in old.parts:
        if name not in touched and old.parts[name] != new.parts.get(name):
            found.append(name)
    for place in [place for place in find_fields(old) if place.address in wanted]:
        path = old.tree(place.part).getroottree().getpath(place.element)
        (there,) = new.tree(place.part).getroottree().xpath(path, namespaces=place.element.nsmap)
        _blank(place, place.element)
        _blank(place, there)
    for name in touched - set(stored):
        if etree.tostring(old.tree(name), method="c14n") != etree.tostring(new.tree(name), method="c14n"):
            found.append(name)
    return sorted(set(found) - {name for name in found if name.startswith("word/media/filled")})


def _blank(place: WordField, element: etree._Element) -> None:
    """Take what a place holds out of its part; it stands at `element`."""
    if place.family == "table":
        for row in [element, *element.itersiblings(text.TR)]:
            row.getparent().remove(row)
    elif place.family == "legacy":
        for run in [element, *element.itersiblings()]:
            last = any(c.get(f"{{{_W}}}fldCharType") == "end" for c in run.iter(f"{{{_W}}}fldChar"))
            run.getparent().remove(run)
            if last:
                break
    elif place.family == "bookmark":
        for run in list(element.itersiblings()):
            if run.tag.endswith("bookmarkEnd"):
                break
            run.getparent().remove(run)
    else:
        element.clear(keep_tail=True)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
