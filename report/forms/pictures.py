"""A picture in a picture content control (ECMA-376 17.5.2.24): a part of its own, fitted into the control's frame."""

from __future__ import annotations

import io
import posixpath
from pathlib import Path

from lxml import etree

from report.formats import pictures
from report.formats.docx.xml import Element, q
from report.forms.answer import Answer, Refused
from report.forms.package import Form
from report.forms.place import Place

_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def answer(form: Form, place: Place, folder: Path, file: str, alt: str) -> Answer:
    """Return the answer that puts a picture into a control; raise `Refused` where there is none, or the place takes none."""
    path = folder / file
    if place.kind != "picture":
        raise Refused("this place takes no picture", "give it a fact or a value")
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise Refused(f"there is no picture {path.name}", "name a PNG or JPEG file in the organisation's folder")
    content, size = _read(path)

    def show(holder: Element) -> None:
        _show(form, place.part, holder, content, size, alt)

    return Answer(path.name, show=show)


def _read(path: Path) -> tuple[bytes, tuple[int, int]]:
    from PIL import Image, UnidentifiedImageError

    try:
        content = pictures.upright(path)
        with Image.open(io.BytesIO(content)) as picture:
            return content, picture.size
    except (OSError, UnidentifiedImageError, ValueError):
        raise Refused(f"{path.name} is no picture that can be read", "PNG and JPEG can be read") from None


def _show(form: Form, part: str, holder: Element, content: bytes, size: tuple[int, int], alt: str) -> None:
    blip = next(holder.iter(q("a:blip")), None)
    if blip is None:
        raise Refused("the form's picture field has no frame", "ask the funder for a sound form")
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
