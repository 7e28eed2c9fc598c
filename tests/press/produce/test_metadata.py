"""What the file says of itself, once in XMP and once in Info, and both the same."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from pikepdf import Name

from report.press.produce import produce
from report.profiles.load import Shop
from report.values import ReportError
from tests.press.produce import support

_NS = {
    "pdf": "http://ns.adobe.com/pdf/1.3/", "xmp": "http://ns.adobe.com/xap/1.0/", "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/", "mm": "http://ns.adobe.com/xap/1.0/mm/",
}  # fmt: skip


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import weasyprint

    path = tmp_path_factory.mktemp("claims") / "s.pdf"
    html = "<style>@page {size: 80mm 60mm; bleed: 5mm}</style><title>Old</title><h1>Heading</h1><p><a href='#x'>x</a>"
    weasyprint.HTML(string=html).write_pdf(path, pdf_variant="pdf/a-3a")
    return path


@pytest.mark.parametrize(
    ("standard", "version", "key", "where"),
    [("PDF/X-4", "1.6", "PDF/X-4", "pdfxid"), ("PDF/X-1a", "1.4", "PDF/X-1a:2003", "pdfx")],
)
def test_xmp_and_info_agree(
    source: Path, shop: Shop, tmp_path: Path, standard: str, version: str, key: str, where: str
) -> None:
    produce(source, tmp_path / "x.pdf", shop, support.order(standard=standard, author="Мост <&>"))
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert pdf.pdf_version == version and "/Version" not in pdf.Root and len(pdf.trailer.ID) == 2
        xmp, info = etree.fromstring(pdf.Root.Metadata.read_bytes()), pdf.trailer.Info
        said = lambda path: xmp.findtext(f".//{path}", namespaces=_NS)  # noqa: E731
        assert said(f"{where}:GTS_PDFXVersion") == str(info.GTS_PDFXVersion) == key
        assert said("dc:title//rdf:li") == str(info.Title) == "Lantern & Bridge"
        assert said("dc:creator//rdf:li") == str(info.Author) == "Мост <&>"
        assert said("pdf:Producer") == str(info.Producer)
        assert said("xmp:CreatorTool") == str(info.Creator)
        assert said("pdf:Trapped") == str(info.Trapped)[1:] == "False" and isinstance(info.Trapped, Name)
        assert said("xmp:CreateDate") == said("xmp:ModifyDate") == "2026-03-01T00:00:00+00:00"
        assert str(info.CreationDate) == str(info.ModDate) == "D:20260301000000+00'00'"
        assert said("mm:DocumentID").startswith("uuid:") and said("mm:RenditionClass") == "default"
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()


def test_the_output_intent_is_the_printing_condition(source: Path, shop: Shop, tmp_path: Path) -> None:
    produce(source, tmp_path / "x.pdf", shop, support.order())
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX and str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org" and str(intent.Info)
        assert intent.DestOutputProfile.N == 4 and intent.DestOutputProfile.read_bytes() == shop.icc.read_bytes()


def test_pdf_1_4_packs_no_objects(source: Path, shop: Shop, tmp_path: Path) -> None:
    produce(source, tmp_path / "x.pdf", shop, support.order(standard="PDF/X-1a"))
    content = (tmp_path / "x.pdf").read_bytes()
    assert content.startswith(b"%PDF-1.4") and b"/ObjStm" not in content and b"/XRef" not in content


def test_a_standard_that_the_printer_does_not_take_is_an_error(source: Path, shop: Shop, tmp_path: Path) -> None:
    import dataclasses

    strict = dataclasses.replace(shop, profile=shop.profile.model_copy(update={"standards": ("PDF/X-1a",)}))
    with pytest.raises(ReportError) as caught:
        produce(source, tmp_path / "x.pdf", strict, support.order())
    assert caught.value.problems[0].code == "print.standard" and not (tmp_path / "x.pdf").exists()
