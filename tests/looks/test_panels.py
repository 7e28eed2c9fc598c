"""Every letter of a brochure's panels, markers of lists among them, stands out from its ground, in every look."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest
import yaml

from report import pipeline
from report.formats import pdf
from report.looks.theme import MIN_CONTRAST, contrast
from report.values import Job
from report.workspace import Workspace
from tests.conftest import composed

LISTS = {
    "letters": "a) clean water\nb) clear rules\nc) a warm room",
    "numbers": "1. clean water\n2. clear rules\n3. a warm room",
    "Cyrillic letters": "а) чиста вода\nб) ясни правила\nв) топла стая",
    "dots": "- clean water\n- clear rules\n- a warm room",
    "a quotation": "> clean water\n\n1. `clear` rules\n2. a *warm* **room**",
}
FACTS = {
    "name": "The Mill", "country": "IE", "languages": ["en"], "founded": 1999, "mission": "Clean water for every mill.",
    "contact": {"email": "a@example.org", "phone": "+353 1 555 0100"},
}  # fmt: skip


def _written(root: Path, kind: str, look: str, told: str) -> pypdfium2.PdfDocument:
    folder = root / "data" / "mill"
    folder.mkdir(parents=True)
    facts = FACTS | {"vision": told, "beneficiaries": told}
    asked = {"id": "it", "kind": kind, "theme": look, "title": "Mills", "languages": ["en"], "date": "2026-05-01"}
    (folder / "organisation.yaml").write_text(yaml.safe_dump(facts, allow_unicode=True), "utf-8")
    (folder / "documents.yaml").write_text(yaml.safe_dump({"documents": [asked]}), "utf-8")
    workspace = Workspace.at(root)
    checked = pipeline.check(workspace, "mill", templates=False)
    assert checked.dossier and not checked.errors, checked.errors
    made = composed(workspace, Job("mill", "it", "en", ("pdf",), "print"), checked.dossier)
    return pypdfium2.PdfDocument(pdf.write(made, root / "made.pdf").path)


def _letters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str, str]]:
    """Yield each letter of a page with its colour, and that of the paper at the left edge of its line."""
    text, image = page.get_textpage(), page.render(scale=1).to_pil().convert("RGB")
    for number in range(text.count_chars()):
        letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, number))
        if not letter.strip():
            continue
        channels = [ctypes.c_uint() for _ in range(4)]
        pypdfium2.raw.FPDFText_GetFillColor(text, number, *map(ctypes.byref, channels))
        _, bottom, _, top = text.get_charbox(number)
        ground = image.getpixel((14, min(image.height - 1, max(0, round(page.get_height() - (bottom + top) / 2)))))
        yield letter, "#" + "".join(f"{one.value:02x}" for one in channels[:3]), "#{:02x}{:02x}{:02x}".format(*ground)


@pytest.mark.quick(
    "house-leaflet-a6-letters",
    "meadow-brochure-trifold-Cyrillic letters",
    "lanterns-brochure-trifold-a quotation",
    "signal-brochure-trifold-numbers",
    "house-brochure-trifold-dots",
    "meadow-leaflet-a6-letters",
)
@pytest.mark.parametrize(("kind", "told"), [("leaflet-a6", "letters"), *(("brochure-trifold", told) for told in LISTS)])
@pytest.mark.parametrize("look", ["house", "meadow", "signal", "lanterns"])
def test_every_letter_of_a_panel_stands_out(look: str, kind: str, told: str, tmp_path: Path) -> None:
    marks = 0
    for page in _written(tmp_path, kind, look, LISTS[told]):
        for letter, colour, ground in _letters(page):
            marks += letter in "123aабв•)."
            assert contrast(colour, ground) >= MIN_CONTRAST, (letter, colour, ground)
    assert marks
