"""Rules of the file as a whole: its standard, its output intent, and what a print file does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from report.press.check.rules.page import Breach
from report.press.pdf import streams
from report.press.pdf.objects import dictionary, entries, number, shortened, word
from report.profiles.printer import Printer

_XMP = 5_000_000
_CLAIM = re.compile(rb"GTS_PDFXVersion\s*(?:=\s*[\"']|>)\s*([^\"'<]{1,40})")
_TRAPPED = re.compile(rb"Trapped\s*(?:=\s*[\"']|>)\s*(True|False)")
_HEAD = 128
"""Bytes of an ICC profile's head."""
_LAYERS = 100_000


def claimed(pdf: pikepdf.Pdf) -> str:
    """Return the PDF/X version that a file claims, in its Info (X-1a) or its metadata (X-4), or nothing."""
    info = dictionary(pdf.trailer.get("/Info"))
    claim = _text(info.get("/GTS_PDFXConformance")) or _text(info.get("/GTS_PDFXVersion"))
    if claim:
        return claim
    match = _CLAIM.search(_metadata(pdf))
    return match.group(1).decode("utf-8", "replace").strip() if match else ""


def standard(claim: str, shop: Printer) -> str:
    """Return the standard that a file is checked against: the one it claims if the shop accepts it, or else the one that the shop prefers."""
    return next((one for one in shop.standards if claim.startswith(one) or one == "PDF/X-1a" and claim.startswith("PDF/X-1")), shop.standards[0])  # fmt: skip


def intent(pdf: pikepdf.Pdf) -> Any:
    """Return the output intent for PDF/X, or nothing."""
    intents = pdf.Root.get("/OutputIntents")
    for one in entries(intents, 20):
        if isinstance(one, pikepdf.Dictionary) and word(one.get("/S")) == "GTS_PDFX":
            return one
    return None


def condition(intent: Any) -> str:
    """Return the name of the printing condition of an output intent."""
    words = [_text(intent.get(key)) for key in ("/OutputConditionIdentifier", "/OutputCondition", "/Info")]
    if words[0].casefold() in ("", "custom"):
        return next((word for word in words[1:] if word), words[0])
    return words[0]


def _text(value: Any) -> str:
    return shortened(word(value, 200).strip(), 200) if isinstance(value, pikepdf.String) else ""


def _metadata(pdf: pikepdf.Pdf) -> bytes:
    metadata = pdf.Root.get("/Metadata")
    return streams.head(metadata, _XMP) if isinstance(metadata, pikepdf.Stream) else b""


def document(pdf: pikepdf.Pdf, shop: Printer, size: int) -> Iterator[Breach]:
    """Find what is wrong with a file as a whole; `size` is that of the file, in bytes."""
    claim = claimed(pdf)
    wanted = standard(claim, shop)
    if pdf.is_encrypted:
        yield Breach("print.encrypted", "the file is encrypted")
    yield from _standard(pdf, claim, wanted, shop)
    yield from _intent(pdf, wanted, shop)
    yield from _extras(pdf)
    if shop.megabytes is not None and size > float(shop.megabytes) * 1_000_000:
        yield Breach(
            "print.file-size", f"the file has {size / 1_000_000:.1f} MB; the shop accepts {shop.megabytes:f} MB"
        )


def _standard(pdf: pikepdf.Pdf, claim: str, wanted: str, shop: Printer) -> Iterator[Breach]:
    takes = " or ".join(shop.standards)
    if not claim:
        yield Breach("print.standard", f"the file claims no PDF/X; the shop accepts {takes}")
    elif not claim.startswith(wanted) and not (wanted == "PDF/X-1a" and claim.startswith("PDF/X-1")):
        yield Breach("print.standard", f"the file is {claim}; the shop accepts {takes}")
    most = {"PDF/X-4": "1.6", "PDF/X-1a": "1.4"}[wanted]
    if claim and pdf.pdf_version > most:
        yield Breach("print.version", f"the file is PDF {pdf.pdf_version}; {wanted} is PDF {most}")
    trapped = word(dictionary(pdf.trailer.get("/Info")).get("/Trapped"))
    if trapped not in ("True", "False") and not _TRAPPED.search(_metadata(pdf)):
        yield Breach("print.trapped", "the file does not say whether it is trapped")


def _intent(pdf: pikepdf.Pdf, wanted: str, shop: Printer) -> Iterator[Breach]:
    """Compare the output intent with the shop's printing condition (ISO 15930-7, 6.2.2; ICC.1, 7.2)."""
    output_intent, name = intent(pdf), shop.condition.name
    if output_intent is None:
        yield Breach("print.output-intent", f"the file has no output intent for PDF/X; the shop prints {name}")
        return
    named = condition(output_intent)
    if name.casefold().replace(" ", "") not in named.casefold().replace(" ", ""):
        yield Breach("print.condition", f"the output intent is {named or 'not named'}; the shop prints {name}")
    profile = output_intent.get("/DestOutputProfile")
    if not isinstance(profile, pikepdf.Stream):
        if wanted == "PDF/X-4":
            yield Breach("print.intent-profile", "the output intent has no ICC profile")
        return
    head = streams.head(profile, _HEAD)
    if len(head) < _HEAD or head[36:40] != b"acsp":
        yield Breach("print.intent-profile", "the output intent's ICC profile cannot be read")
        return
    if head[12:16] != b"prtr":
        kind = shortened(head[12:16].decode("latin-1").strip())
        yield Breach("print.icc-class", f"the output intent's ICC profile is of class '{kind}', no printer's")
    parts = int(number(profile.get("/N")))
    if head[16:20] != b"CMYK" or parts != 4:
        space = shortened(head[16:20].decode("latin-1").strip())
        yield Breach("print.intent-colours", f"the output intent's ICC profile is of {space}, with {parts} parts")


def _extras(pdf: pikepdf.Pdf) -> Iterator[Breach]:
    root = pdf.Root
    names = dictionary(root.get("/Names"))
    if names.get("/EmbeddedFiles") is not None or root.get("/AF") is not None:
        yield Breach("print.embedded-files", "other files are attached")
    script = word(dictionary(root.get("/OpenAction")).get("/S")) == "JavaScript"
    if names.get("/JavaScript") is not None or script or root.get("/AA") is not None:
        yield Breach("print.javascript", "the file runs scripts")
    layers = dictionary(root.get("/OCProperties")).get("/OCGs")
    if isinstance(layers, pikepdf.Array) and len(layers):
        yield Breach("print.layers", f"the file has {len(layers)} layers")


def hidden(pdf: pikepdf.Pdf) -> frozenset[tuple[int, int]]:
    """Return the layers that do not print (ISO 32000-1, 8.11.4.3)."""
    properties = dictionary(pdf.Root.get("/OCProperties"))
    default = dictionary(properties.get("/D"))

    def layers(groups: Any) -> set[tuple[int, int]]:
        return {one.objgen for one in entries(groups, _LAYERS) if isinstance(one, pikepdf.Dictionary)}

    if word(default.get("/BaseState")) == "OFF":
        return frozenset(layers(properties.get("/OCGs")) - layers(default.get("/ON")))
    return frozenset(layers(default.get("/OFF")))
