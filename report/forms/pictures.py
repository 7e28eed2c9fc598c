"""A picture in a picture content control (ECMA-376 17.5.2.24): a part of its own, fitted into the control's frame."""

from __future__ import annotations

import posixpath
from pathlib import Path

from lxml import etree

from report import pictures
from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer, AnswerError
from report.forms.fields.field import WordField
from report.forms.word.form import TYPES, Form
from report.workspace import contained

_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def answer(form: Form, field: WordField, folder: Path, file: str, alt: str) -> Answer:
    """Return the answer that puts a picture into a control; raise `AnswerError` where there is none, or the field takes none."""
    if field.kind != "picture":
        raise AnswerError("this field cannot hold a picture", "give it a fact or a value")
    content, size = load(folder, file)

    def show(holder: Element) -> None:
        _show(form, field.part, holder, content, size, alt)

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
    form.parts[name] = content
    _declare(form, suffix)
    blip.set(q("r:embed"), _relate(form, part, name))
    for extent in [*holder.iter(q("wp:extent")), *holder.iter(q("a:ext"))]:
        width, height = extent.get("cx", ""), extent.get("cy", "")
        if width.isdecimal() and height.isdecimal():
            scale = min(int(width) / size[0], int(height) / size[1])
            extent.set("cx", str(round(size[0] * scale)))
            extent.set("cy", str(round(size[1] * scale)))
    for properties in [*holder.iter(q("wp:docPr")), *holder.iter(q("pic:cNvPr"))]:
        properties.set("descr", alt)


def _relate(form: Form, part: str, target: str) -> str:
    name = form.relationships(part)
    empty = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{_RELATIONSHIPS}"/>'
    form.parts.setdefault(name, empty.encode())
    root = form.tree(name)
    used = {child.get("Id") for child in root}
    new_id = next(f"rId{n}" for n in range(len(root) + 1, 100_000) if f"rId{n}" not in used)
    where = posixpath.relpath(target, posixpath.dirname(part))
    etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=new_id, Type=_IMAGE, Target=where)
    form.changed.add(name)
    return new_id


def _declare(form: Form, suffix: str) -> None:
    root = form.tree(TYPES)
    if not any(child.get("Extension", "").lower() == suffix for child in root.iter(f"{_TYPES}Default")):
        root.insert(0, root.makeelement(f"{_TYPES}Default", Extension=suffix, ContentType=f"image/{suffix}"))
        form.changed.add(TYPES)
