"""The look's fonts: embedded in the file (ECMA-376 17.8.1), and which characters need the symbols font."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from report.formats.docx.package.package import Package
from report.formats.ooxml import q, sub
from report.looks import glyphs
from report.values import FontFace

EMBEDDED_ROLES = ("text", "display")
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_SLOTS = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
_CHARSETS = {"Hebr": "B1", "Arab": "B2"}
"""Windows' numbers of the charsets that scripts are of (17.8.3.2)."""
_ORDINARY = ((0x00, 0x17F), (0x400, 0x45F), (0x490, 0x491), (0x2010, 0x2026), (0x20AC, 0x20AC), (0x2116, 0x2116))
"""Characters that any text font has: no font is opened for their sake."""


def embed(package: Package, faces: Iterable[FontFace]) -> None:
    """Write the font table, with the faces of the text and display families embedded."""
    families: dict[str, dict[str, FontFace]] = {}
    for face in faces:
        slots = families.setdefault(face.family, {})
        if face.role in EMBEDDED_ROLES or face.script:
            slots.setdefault(_SLOTS[face.weight >= 600, face.italic], face)
    number = 0
    for family, slots in sorted(families.items()):
        font = sub(package.font_table.element, "w:font", name=family)
        script = next((face.script for face in slots.values()), "")
        sub(font, "w:charset", val=_CHARSETS.get(script, "00"))
        sub(font, "w:family", val="auto")
        sub(font, "w:pitch", val="variable")
        for slot in _SLOTS.values():
            if slot in slots:
                number += 1
                key, blob = _obfuscated(slots[slot].path, slots[slot].path.stat().st_mtime_ns)
                part = Part(PackURI(f"/word/fonts/font{number}.odttf"), _CONTENT_TYPE, blob, package.package)
                relation = package.font_table.relate_to(part, _RELATION)
                sub(font, f"w:embed{slot}", {"r:id": relation}).set(q("w:fontKey"), key)


@functools.lru_cache(maxsize=32)
def _obfuscated(path: Path, stamp: int) -> tuple[str, bytes]:
    """Return a font's key and its obfuscated bytes (17.8.1); `stamp` renews the cache when the file changes."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest().upper()[:32]
    key = f"{{{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:]}}}"
    mask = bytes.fromhex(digest)[::-1] * 2
    head = bytes(a ^ b for a, b in zip(content[:32], mask, strict=True))
    return key, head + content[32:]


def symbols(faces: Iterable[FontFace], characters: Iterable[str]) -> tuple[str, str]:
    """Return the symbols family and those of `characters` that only it has; two empty strings for none."""
    faces = tuple(faces)
    family = next((face for face in faces if face.role == "symbols"), None)
    rare = {c for c in characters if not any(low <= ord(c) <= high for low, high in _ORDINARY)}
    if family is None or not rare:
        return "", ""
    plain = [
        face for face in faces if (face.role in EMBEDDED_ROLES or face.script) and face.weight < 600 and not face.italic
    ]
    known = frozenset[int]().union(*(glyphs.covered(face.path) for face in plain))
    special = {c for c in rare if ord(c) not in known and ord(c) in glyphs.covered(family.path)}
    return family.family, "".join(sorted(special))
