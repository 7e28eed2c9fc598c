"""A picture in a picture content control (ECMA-376 17.5.2.24): a part of its own, fitted into the control's frame."""

from __future__ import annotations

import posixpath
from pathlib import Path

from lxml import etree

from report import pictures
from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer, AnswerError
from report.forms.fields.field import Place
from report.forms.word.package import Form
from report.workspace import contained

_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def answer(form: Form, place: Place, folder: Path, file: str, alt: str) -> Answer:
    """Return the answer that puts a picture into a control; raise `AnswerError` where there is none, or the place takes none."""
    if place.kind != "picture":
        raise AnswerError("this field cannot hold a picture", "give it a fact or a value")
    content, size = load(folder, file)

    def show(holder: Element) -> None:
        _show(form, place.part, holder, content, size, alt)

    return Answer(Path(file).name, draw=show)


def load(folder: Path, file: str) -> tuple[bytes, tuple[int, int]]:
    """Return a picture of an organisation's folder with its width and height; raise `AnswerError` where there is none."""
    path = contained(folder, file)
    if path is None:
        hint = "name a PNG or JPEG file in the organisation's folder"
        raise AnswerError(f"there is no picture '{file[:80]}' in the organisation's folder", hint)
    if reason := pictures.unreadable(path):
        raise AnswerError(f"the picture '{file[:80]}' cannot be shown: {reason}", "save it as PNG or JPEG")
    content = pictures.upright(path)
    return content, pictures.size(content)


def _show(form: Form, part: str, holder: Element, content: bytes, size: tuple[int, int], alt: str) -> None:
    blip = next(holder.iter(q("a:blip")), None)
    if blip is None:
        raise AnswerError("the form's picture field has no frame", "ask the funder for an intact form")
    suffix = "png" if content.startswith(b"\x89PNG") else "jpeg"
    number = next(n for n in range(1, 10_000) if f"word/media/filled{n}.{suffix}" not in form.parts)
    name = f"word/media/filled{number}.{suffix}"
    form.add(name, content)
    _declare(form, suffix)
    blip.set(q("r:embed"), _relate(form, part, name))
    for extent in [*holder.iter(q("wp:extent")), *holder.iter(q("a:ext"))]:
        if extent.get("cx") and extent.get("cy"):
            room = int(extent.get("cx")), int(extent.get("cy"))
            scale = min(room[0] / size[0], room[1] / size[1])
            extent.set("cx", str(round(size[0] * scale)))
            extent.set("cy", str(round(size[1] * scale)))
    for properties in [*holder.iter(q("wp:docPr")), *holder.iter(q("pic:cNvPr"))]:
        properties.set("descr", alt)


def _relate(form: Form, part: str, target: str) -> str:
    name = form.relationships(part)
    if name not in form.parts:
        form.add(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{_RELATIONSHIPS}"/>'.encode())  # fmt: skip
    root = form.tree(name)
    taken = {child.get("Id") for child in root}
    fresh = next(f"rId{n}" for n in range(len(root) + 1, 100_000) if f"rId{n}" not in taken)
    where = posixpath.relpath(target, posixpath.dirname(part))
    etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=fresh, Type=_IMAGE, Target=where)
    form.changed.add(name)
    return fresh


def _declare(form: Form, suffix: str) -> None:
    root = form.tree("[Content_Types].xml")
    if not any(child.get("Extension", "").lower() == suffix for child in root.iter(f"{_TYPES}Default")):
        root.insert(0, root.makeelement(f"{_TYPES}Default", Extension=suffix, ContentType=f"image/{suffix}"))
        form.changed.add("[Content_Types].xml")
