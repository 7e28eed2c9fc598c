"""Any PDF: turned, cropped, tagged, layered, transparent, locked, damaged."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from report.press.impose.impose import Imposed, ImpositionOrder, impose
from report.values import ReportError, Severity
from tests.press.pages import A4, A5, INDENT, MM, made, read


def done(tmp_path: Path, content: bytes, **order: object) -> Imposed:
    path = tmp_path / "pages.pdf"
    path.write_bytes(content)
    return impose(path, ImpositionOrder(**{"scheme": "n-up", "cells": (1, 2), "paper": "A4", "sides": 1, **order}))  # type: ignore[arg-type]


def failed(tmp_path: Path, content: bytes, **order: object) -> str:
    with pytest.raises(ReportError) as raised:
        done(tmp_path, content, **order)
    (problem,) = raised.value.problems
    assert problem.location and problem.location.path == tmp_path / "pages.pdf"
    return f"{problem.code}: {problem.message}"


def clean(imposed: Imposed) -> pikepdf.Pdf:
    pdf = pikepdf.open(io.BytesIO(imposed.content))
    assert pdf.check_pdf_syntax() == []
    return pdf


@pytest.mark.parametrize("turn", [90, 180, 270, -90, 450])
@pytest.mark.parametrize("inherited", [False, True])
def test_a_turned_page_stands_upright(turn: int, inherited: bool, tmp_path: Path) -> None:
    """The page's own space is turned the other way, so what is seen is the same page as ever."""
    import math

    def lie(pdf, page, number: int) -> None:
        width, height = A5
        back = math.radians(turn)  # anticlockwise, against the turn of the page
        cos, sin = round(math.cos(back)), round(math.sin(back))
        corners = [(cos * x - sin * y, sin * x + cos * y) for x in (0, width) for y in (0, height)]
        left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
        right, top = max(x for x, _ in corners), max(y for _, y in corners)
        matrix = f"q {cos} {sin} {-sin} {cos} {-left} {-bottom} cm\n".encode()
        page.Contents = pdf.make_stream(matrix + page.Contents.read_bytes() + b"\nQ")
        page.MediaBox = Array([0, 0, right - left, top - bottom])
        if not inherited:
            page.Rotate = turn

    def share(pdf) -> None:
        if inherited:
            pdf.Root.Pages.MediaBox, pdf.Root.Pages.Rotate = pdf.pages[0].MediaBox, turn
            for page in pdf.pages:
                del page.obj.MediaBox

    ((one, two),) = read(done(tmp_path, made(2, page=lie, file=share)).content)
    left, bottom = (A4[1] - 2 * A5[0]) / 2, (A4[0] - A5[1]) / 2
    assert (one.page, one.up, two.page, two.up) == (1, (0, 1), 2, (0, 1))
    assert (one.x, one.y) == pytest.approx((left + INDENT, bottom + INDENT), abs=0.01)
    assert two.x - one.x == pytest.approx(A5[0], abs=0.01)


def test_the_trim_is_placed_wherever_it_is_in_the_file(tmp_path: Path) -> None:
    def crop(pdf, page, number: int) -> None:
        page.MediaBox = Array([500, 700, -100, -50])  # corners the other way round
        name = Name.CropBox if number == 1 else Name.TrimBox
        page[name] = Array([10, 20, 10 + 300, 20 + 400])
        if number == 2:
            page.CropBox, page.UserUnit = Array([0, 0, 480, 600]), 1

    ((one, two),) = read(done(tmp_path, made(2, page=crop)).content)
    left, bottom = (A4[1] - 600) / 2, (A4[0] - 400) / 2
    assert (one.x, one.y) == pytest.approx((left + INDENT - 10, bottom + INDENT - 20), abs=0.01)
    assert (two.x, two.y) == pytest.approx((one.x + 300, one.y), abs=0.01)


def test_a_unit_of_a_page_counts(tmp_path: Path) -> None:
    def small(pdf, page, number: int) -> None:
        page.UserUnit = 2
        page.MediaBox = Array([0, 0, A5[0] / 2, A5[1] / 2])
        page.Contents = pdf.make_stream(b"0.5 0 0 0.5 0 0 cm\n" + page.Contents.read_bytes())

    ((one, two),), ((three, four),) = (read(done(tmp_path, made(2, page=how)).content) for how in (small, None))
    assert (one.x, one.y, two.x, two.y) == pytest.approx((three.x, three.y, four.x, four.y))


def test_pages_of_mixed_sizes(tmp_path: Path) -> None:
    def mix(pdf, page, number: int) -> None:
        if number == 2:
            page.MediaBox = Array([0, 0, *A4])
        if number == 3:
            page.MediaBox = Array([0, 0, A5[0] - 40, A5[1] - 60])

    content = made(5, page=mix)
    said = failed(tmp_path, content)
    assert said == "impose.size: page 2 is 210 × 297 mm, larger than the 148 × 210 mm of most pages"
    (one, two), (three, _), _ = read(done(tmp_path, content, fit=True).content)
    assert (one.scale, two.scale, three.scale) == pytest.approx((1, 148 / 210, 1), abs=0.0001)
    assert (three.x - one.x, three.y - one.y) == pytest.approx((20, 30), abs=0.001)  # in the middle of its cell


def test_what_does_not_hold_is_told_with_sizes(tmp_path: Path) -> None:
    content = made(2, A4)
    assert failed(tmp_path, content) == "impose.size: 1 × 2 pages of 210 × 297 mm need 420 × 297 mm; A4 is 210 × 297 mm"
    assert "need 426 × 303 mm with bleed and marks" in failed(tmp_path, content, bleed=3.0, paper="A3")
    assert "'A9' is not a paper size" in failed(tmp_path, content, paper="A9")
    assert "is not a possible paper size" in failed(tmp_path, content, paper="1x2mm")
    assert done(tmp_path, content, paper="auto").paper == "A3"
    assert done(tmp_path, content, paper="auto", bleed=3.0).paper == "SRA3"
    assert done(tmp_path, content, fit=True).scale == pytest.approx(148.5 / 210, abs=0.001)


def test_a_creep_that_is_no_thickness_is_an_error(tmp_path: Path) -> None:
    said = failed(tmp_path, made(32), scheme="booklet", cells=None, sides=2, creep=13.0)
    assert said == "impose.creep: a creep of 13 mm moves the innermost of 8 sheets by 91 mm"


def test_bleed_reaches_as_far_as_the_neighbour_leaves(tmp_path: Path) -> None:
    imposed = done(tmp_path, made(2, (80 * MM, 80 * MM), bleed=5 * MM), gap=4.0)
    document = pypdfium2.PdfDocument(imposed.content)
    picture = document[0].render(scale=4).to_pil().convert("L")
    document.close()
    middle = picture.height / 2
    inked = [x for x in range(picture.width) if picture.getpixel((x, int(middle))) < 240]
    wide = (max(inked) - min(inked) + 1) / 4 / MM
    assert wide == pytest.approx(80 + 4 + 80 + 2 * 5, abs=0.2) and len(inked) / 4 / MM == pytest.approx(wide, abs=0.2)
    cells = done(tmp_path, made(2, (80 * MM, 80 * MM), bleed=5 * MM), gap=4.0, bleed=0.0)
    pdf = clean(cells)
    boxes = [form.BBox for form in pdf.pages[0].Resources.XObject.values()]
    assert [[float(v) for v in box] for box in boxes] == [pytest.approx([5 * MM] * 2 + [85 * MM] * 2, abs=0.001)] * 2


def test_links_tags_and_outlines_are_dropped_with_a_note(tmp_path: Path) -> None:
    def furnish(pdf, page, number: int) -> None:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI="https://example.org"))  # fmt: skip
        look = pdf.make_stream(b"BT /F 20 Tf 9 9 Td (p77) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 40], Resources=page.Resources)  # fmt: skip
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=[200, 300, 290, 340], AP=Dictionary(N=look))
        page.Annots = Array([pdf.make_indirect(link), *([pdf.make_indirect(stamp)] if number == 1 else [])])
        page.StructParents = number

    def tag(pdf) -> None:
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Part {i}", i % 2) for i in range(3))
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["pdfuaid:part"] = "1"
            metadata["pdfaid:part"] = "3"
            metadata["dc:title"] = "Annual report"
        pdf.docinfo["/Title"] = "Annual report"

    imposed = done(tmp_path, made(2, page=furnish, file=tag))
    assert imposed.dropped == {"links": 2, "notes": 1, "outline": 3, "tags": 1}
    (problem,) = imposed.problems
    assert problem.severity is Severity.NOTE and problem.code == "impose.dropped"
    assert "2 links, 1 annotation, 3 outline entries, the tags" in problem.message
    pdf = clean(imposed)
    assert not {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/AcroForm"} & pdf.Root.keys()
    assert "/Annots" not in pdf.pages[0] and pdf.docinfo.Title == "Annual report"
    metadata = pdf.open_metadata()
    assert metadata["dc:title"] == "Annual report" and "pdfuaid:part" not in metadata and "pdfaid:part" not in metadata
    assert sorted(seen.page for seen in read(imposed.content)[0]) == [1, 2, 77]  # a stamp is seen, so it is printed


def test_layers_groups_and_output_intents_come_along(tmp_path: Path) -> None:
    def layer(pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
        pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary(OFF=[group], ImpositionOrder=[group]))
        profile = pdf.make_stream(b"not a real profile", N=4)
        intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier="FOGRA39", DestOutputProfile=profile)  # fmt: skip
        pdf.Root.OutputIntents = Array([intent])
        for page in pdf.pages:
            page.Resources.Properties = Dictionary(L=group)
            page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
            page.Contents = pdf.make_stream(
                b"/OC /L BDC 1 0 0 rg 0 0 400 400 re f EMC 0 g\n" + page.Contents.read_bytes()
            )

    imposed = done(tmp_path, made(2, file=layer), marks=True, paper="A3")
    pdf = clean(imposed)
    forms = list(pdf.pages[0].Resources.XObject.values())
    (group,) = pdf.Root.OCProperties.OCGs
    assert all(form.Resources.Properties.L.objgen == group.objgen for form in forms)
    assert all(Name.DeviceCMYK == form.Group.CS and form.Group.I for form in forms)
    assert Name.DeviceCMYK == pdf.pages[0].Group.CS
    assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"
    document = pypdfium2.PdfDocument(imposed.content)
    picture = document[0].render(scale=0.5).to_pil().convert("RGB")
    document.close()
    assert not any(r > 200 and g < 80 for _, (r, g, _) in picture.getcolors(100_000))  # the layer is off, as it was


def test_transparency_looks_as_on_the_page(tmp_path: Path) -> None:
    """Half a tint, multiplied with what is below it inside the page's own group, and nothing else."""

    def blend(pdf, page, number: int) -> None:
        page.Resources.ExtGState = Dictionary(G=Dictionary(BM=Name.Multiply, ca=0.5))
        content = b"\n/G gs 0.2 0.6 0.9 rg 50 50 200 200 re f 1 0.5 0 rg 100 100 250 250 re f"
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + content)
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)

    content = made(1, (400, 400), page=blend)
    imposed = done(tmp_path, content, cells=(1, 1), paper="A4")
    left, bottom = (round((side - 400) / 2) for side in A4)
    pictures = []
    for pdf, corner in ((content, (0, 400)), (imposed.content, (left, bottom + 400))):
        document = pypdfium2.PdfDocument(pdf)
        picture = document[0].render().to_pil().convert("RGB")
        document.close()
        at = [(corner[0] + x, picture.height - (corner[1] - 400) - y) for x, y in ((20, 20), (70, 70), (150, 150), (300, 300))]  # fmt: skip
        pictures.append([picture.getpixel(point) for point in at])
    assert pictures[0] == pictures[1] and len(set(pictures[0])) == 4


def test_the_file_stays_as_old_as_it_was_and_pdf_x(tmp_path: Path) -> None:
    """PDF/X-1a is PDF 1.4 at most and has no object streams (ISO 15930-4); what is printed on sheets may still be it."""

    def exchange(pdf) -> None:
        pdf.docinfo["/GTS_PDFXVersion"], pdf.docinfo["/Trapped"] = "PDF/X-1a:2003", Name("/False")

    imposed = done(tmp_path, made(2, file=exchange, force_version="1.4"))
    pdf = clean(imposed)
    assert imposed.content.startswith(b"%PDF-1.4") and b"/ObjStm" not in imposed.content
    assert (str(pdf.docinfo.GTS_PDFXVersion), pdf.docinfo.Trapped) == ("PDF/X-1a:2003", Name("/False"))


def test_a_single_page_has_no_back(tmp_path: Path) -> None:
    imposed = done(tmp_path, made(1), scheme="step-and-repeat", sides=2)
    assert (imposed.sides, imposed.flip, len(clean(imposed).pages)) == (1, None, 1)


def test_resources_may_be_inherited_and_content_in_pieces(tmp_path: Path) -> None:
    def lift(pdf) -> None:
        pdf.Root.Pages.Resources = pdf.pages[0].Resources
        for page in pdf.pages:
            del page.obj.Resources
            content = page.Contents.read_bytes()
            cut = content.index(b" Tf")
            page.Contents = Array([pdf.make_stream(content[:cut]), pdf.make_stream(content[cut:])])

    saved = made(2, file=lift, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"/ObjStm" in saved
    assert read(done(tmp_path, saved).content) == read(done(tmp_path, made(2)).content)


def test_an_empty_page_stays_empty(tmp_path: Path) -> None:
    def empty(pdf, page, number: int) -> None:
        if number == 1:
            del page.obj.Contents, page.obj.Resources

    imposed = done(tmp_path, made(2, page=empty))
    clean(imposed)
    assert [seen.page for seen in read(imposed.content)[0]] == [2]


def test_marks_are_of_all_plates_and_outside_the_bleed(tmp_path: Path) -> None:
    imposed = done(
        tmp_path, made(4, bleed=3 * MM), scheme="booklet", cells=None, sides=2, marks=True, bleed=3.0, paper="A3"
    )
    pdf = clean(imposed)
    page = pdf.pages[0]
    space = page.Resources.ColorSpace.Registration
    assert (space[0], space[1], space[2]) == (Name.Separation, Name.All, Name.DeviceCMYK)
    block, paper = (2 * A5[0], A5[1]), (A4[1] * 2**0.5, A4[1])
    paper = (420 * MM, 297 * MM)
    outside = [(paper[i] - block[i]) / 2 - 3 * MM for i in (0, 1)]
    content = page.Contents.read_bytes().decode()
    lines = [line.split() for line in content.splitlines() if line.endswith("l S")]
    assert len(lines) == 4 + 4 + 2 + 4 * 2  # cuts beside and above, folds, crosses
    for line in lines:
        x0, y0, x1, y1 = (float(line[i]) for i in (0, 1, 3, 4))
        free = max(outside[0] - max(x0, x1), min(x0, x1) - (paper[0] - outside[0]), outside[1] - max(y0, y1), min(y0, y1) - (paper[1] - outside[1]))  # fmt: skip
        assert free >= 1 * MM - 0.001
    assert "0.25 w" in content and "1 SCN" in content and "[3 2] 0 d" in content


def test_content_that_cannot_be_read_is_told_with_its_page(tmp_path: Path) -> None:
    def spoil(pdf, page, number: int) -> None:
        if number == 2:
            page.Contents.write(b"no flate at all", filter=Name.FlateDecode)

    assert "the content of page 2 cannot be read" in failed(tmp_path, made(3, page=spoil, compress_streams=False))


def test_an_object_that_cannot_be_read_is_no_empty_page(tmp_path: Path) -> None:
    whole = made(4, compress_streams=False)
    content = whole.index(b"(p3)")
    head = whole.rindex(b" 0 obj", 0, content)
    assert "pdf.damaged: is damaged: (object" in failed(tmp_path, whole[:head] + b" 0 xbj" + whole[head + 6 :])


def test_what_is_only_odd_is_a_warning(tmp_path: Path) -> None:
    odd = (
        made(2).replace(b"/Type /Page", b"/Type/Page ", 1).replace(b"/BaseFont /Helvetica", b"/Subtype /Type1 /A 0", 1)
    )
    imposed = done(tmp_path, odd)
    assert [(p.severity, p.code) for p in imposed.problems] == [(Severity.WARNING, "pdf.odd")]


def test_locked_files(tmp_path: Path) -> None:
    locked = made(2, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert "pdf.encrypted: is encrypted: a password is needed" in failed(tmp_path, locked)
    no = pikepdf.Permissions(print_lowres=False, print_highres=False)
    assert "pdf.locked" in failed(tmp_path, made(2, encryption=pikepdf.Encryption(owner="o", user="", allow=no)))
    imposed = done(tmp_path, made(2, encryption=pikepdf.Encryption(owner="o", user="")))
    assert [seen.page for seen in read(imposed.content)[0]] == [1, 2] and not clean(imposed).is_encrypted
    assert imposed.dropped == {"protection": 1} and "its author's restrictions" in imposed.problems[0].message
