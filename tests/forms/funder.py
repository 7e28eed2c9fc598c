"""Forms of our own making that follow real ones: what a funder sends, written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STORE = "{A1B2C3D4-0000-4000-8000-1234567890AB}"


def p(text: str = "", style: str = "", run: str = "") -> str:
    """Return a paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:p>{properties}<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        if text
        else f"<w:p>{properties}</w:p>"
    )


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of cells: their text, or their XML where it begins with an element."""
    width = max(len(row) for row in rows)
    grid = "".join(f'<w:gridCol w:w="{9000 // width}"/>' for _ in range(width))
    border = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip

    def cell(said: str) -> str:
        inner = said if said.startswith("<w:") else p(said)
        return f'<w:tc><w:tcPr><w:tcW w:w="{9000 // width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'

    lines = "".join(f"<w:tr>{''.join(cell(c) for c in row)}</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>'  # fmt: skip


def control(
    tag: str, kind: str, content: str = "", number: int = 0, *, placeholder: bool = True, more: str = ""
) -> str:
    """Return a content control inside a paragraph."""
    shown = "<w:showingPlcHdr/>" if placeholder else ""
    run = content or '<w:r><w:rPr><w:color w:val="808080"/></w:rPr><w:t>Click or tap here to enter text.</w:t></w:r>'
    identity = f'<w:alias w:val="{tag}"/><w:tag w:val="{tag}"/><w:id w:val="{number or abs(hash(tag)) % 10**8 + 1}"/>'
    return f"<w:sdt><w:sdtPr>{identity}{shown}{more}{kind}</w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"


def legacy(name: str, data: str, instruction: str, shown: str = "\u2002\u2002") -> str:
    """Return a legacy form field's runs."""
    form = f'<w:ffData><w:name w:val="{name}"/><w:enabled/><w:calcOnExit w:val="0"/>{data}</w:ffData>'
    result = (
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{shown}</w:t></w:r>'
        if shown
        else ""
    )
    return (f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
            f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip


def package(
    body: str,
    parts: Mapping[str, str | bytes] | None = None,
    *,
    relations: str = "",
    types: str = "",
    main: str = "document",
) -> bytes:
    """Return a Word file of that body, and of more parts with their content types and relationships."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{label}"/></w:style>'
        for name, label in (("Normal", "Normal"), ("Heading1", "heading 1"), ("Instruction", "Instruction"))
    )
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{_TYPES}<Override PartName="/word/document.xml" ContentType="{_WORD}.{main}.main+xml"/><Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>{relations}</Relationships>',
        "word/document.xml": f'{HEAD}<w:document {SPACES}><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>',
        "word/styles.xml": f"{HEAD}<w:styles {SPACES}>{styles}</w:styles>",
        **(parts or {}),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def part_b() -> bytes:
    """A technical description as an EU portal's Part B: tags and grey instructions that must survive, prompts, a table."""
    grey = '<w:i/><w:color w:val="808080"/>'
    return package(
        p("#@APP-FORM-LANTERN@#", run='<w:color w:val="FFFFFF"/>')
        + p("[This document is tagged. Do not delete the tags; they are needed for the processing.]", "Instruction", grey)
        + p("1. RELEVANCE", "Heading1")
        + p("#@REL-EVA-RE@#")
        + p("1.1 Background and general objectives")
        + p("Describe the background and rationale of the project. How is it relevant to the scope of the call?", "Instruction", grey)
        + p("Insert text", run='<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="20"/>')
        + p("1.2 Needs analysis")
        + p("Insert text", run='<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="20"/>')
        + p("#§REL-EVA-RE§#")
        + p("2. PARTICIPANTS", "Heading1")
        + table(("Name of the applicant", ""), ("Acronym", ""), ("Website", "………"))
        + p("List of networks the applicant is a member of")
        + table(("No", "Network", "Role", "Since"), ("1", "", "", ""), ("2", "", "", ""))
    )  # fmt: skip


def prag() -> bytes:
    """The header of a PRAG full application: a row per co-applicant and per affiliated entity, a bookmark, a header."""
    bookmark = '<w:p><w:r><w:t xml:space="preserve">Reference: </w:t></w:r><w:bookmarkStart w:id="7" w:name="Reference"/><w:r><w:rPr><w:b/></w:rPr><w:t>……</w:t></w:r><w:bookmarkEnd w:id="7"/></w:p>'
    header = f'{HEAD}<w:hdr {SPACES}><w:p><w:r><w:t xml:space="preserve">Applicant: </w:t></w:r>{control("HeaderName", "<w:text/>", number=41)}</w:p></w:hdr>'
    columns = (
        "Name",
        "EuropeAid ID",
        "Nationality and date of establishment",
        "Legal status",
        "Relation with the applicant",
    )
    body = (
        p("FULL APPLICATION FORM", "Heading1")
        + bookmark
        + table(("Name of the lead applicant", ""), ("Legal status", ""), ("Country of registration", ""), ("Contact e-mail", "[enter e-mail]"))
        + p("Co-applicants")
        + table(columns, ("", "", "", "", ""))
        + p("Affiliated entities")
        + table(columns, ("", "", "", "", ""))
    )  # fmt: skip
    relation = f'<Relationship Id="rId9" Type="{_OFFICE}/header" Target="header1.xml"/>'
    types = f'<Override PartName="/word/header1.xml" ContentType="{_WORD}.header+xml"/>'
    made = package(body, {"word/header1.xml": header}, relations=relation, types=types)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        document = archive.read("word/document.xml").decode()
    placed = document.replace("<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/>')
    return _with(made, {"word/document.xml": placed})


PICTURE = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1800000" cy="900000"/>'
    '<wp:docPr id="3" name="Picture 3" descr="Place for a logo"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="3" name="Picture 3"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId8"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="1800000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def line(*parts: str) -> str:
    """Return a paragraph of words and of what is XML already."""
    runs = (x if x.startswith("<w:") else f'<w:r><w:t xml:space="preserve">{x}</w:t></w:r>' for x in parts if x)
    return f"<w:p>{''.join(runs)}</w:p>"


def unpp() -> bytes:
    """A partner's profile: text, rich text, lists, a box, a date, a section that repeats, a picture, legacy fields, bound data."""
    lists = '<w:listItem w:displayText="Choose an item." w:value=""/><w:listItem w:displayText="National NGO" w:value="nat"/><w:listItem w:displayText="International NGO" w:value="int"/>'
    box = '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    date = '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="bg-BG"/><w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    bound = f'<w:dataBinding w:prefixMappings="xmlns:o=\'urn:partner\'" w:xpath="/o:partner[1]/o:name[1]" w:storeItemID="{STORE}"/>'
    item = line(
        "",
        control("NetworkName", "<w:text/>", number=61),
        ", ",
        control("NetworkRole", '<w:text w:multiLine="1"/>', number=62),
    )
    item = control("item", "<w15:repeatingSectionItem/>", item, number=63, placeholder=False)
    section = control("Networks", "<w15:repeatingSection/>", item, number=64, placeholder=False)
    unticked = '<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr><w:t>☐</w:t></w:r>'
    locked = "<w:r><w:t>For the agency alone</w:t></w:r>"
    box_field = '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>'
    bands = '<w:ddList><w:listEntry w:val="below 100,000"/><w:listEntry w:val="above"/></w:ddList>'
    limit = '<w:textInput><w:maxLength w:val="40"/></w:textInput>'
    body = "".join(
        (
            p("PARTNER PROFILE", "Heading1"),
            line("Name of organisation: ", control("OrgName", "<w:text/>", number=51, more=bound)),
            line("Once more: ", control("OrgNameAgain", "<w:text/>", number=52, more=bound)),
            line("Type: ", control("OrgType", f"<w:dropDownList>{lists}</w:dropDownList>", number=53)),
            line("Sector: ", control("Sector", f"<w:comboBox>{lists}</w:comboBox>", number=54)),
            line(
                "",
                control("HasPolicy", box, unticked, number=55, placeholder=False),
                " We have a child-protection policy",
            ),
            line("Date of signature: ", control("Signed", date, number=56)),
            p("Mission"),
            control("Mission", "<w:richText/>", p("Click here to enter text."), number=57),
            p("Networks"),
            section,
            line("", control("Logo", "<w:picture/>", PICTURE, number=58, placeholder=False)),
            line(
                "",
                control(
                    "Locked", "<w:text/>", locked, number=59, placeholder=False, more='<w:lock w:val="contentLocked"/>'
                ),
            ),
            line("Registration number: ", legacy("RegNo", limit, "FORMTEXT")),
            line("", legacy("Audited", box_field, "FORMCHECKBOX", ""), " Accounts are audited"),
            line("Budget band: ", legacy("Band", bands, "FORMDROPDOWN", "")),
        )
    )
    relations = f'<Relationship Id="rId8" Type="{_OFFICE}/image" Target="media/image1.png"/><Relationship Id="rId7" Type="{_OFFICE}/customXml" Target="../customXml/item1.xml"/>'
    parts = {
        "word/media/image1.png": _pixel(),
        "customXml/item1.xml": '<?xml version="1.0"?><o:partner xmlns:o="urn:partner"><o:name/></o:partner>',
        "customXml/itemProps1.xml": f'{HEAD}<ds:datastoreItem ds:itemID="{STORE}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>',
        "customXml/_rels/item1.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/customXmlProps" Target="itemProps1.xml"/></Relationships>',
    }  # fmt: skip
    types = '<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
    return package(body, parts, relations=relations, types=types)


def _pixel() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (4, 2), "#cccccc").save(out, "PNG")
    return out.getvalue()


def _with(content: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(
                zipfile.ZipInfo(info.filename, info.date_time),
                parts.get(info.filename, old.read(info)),
                zipfile.ZIP_DEFLATED,
            )
        for name, blob in parts.items():
            if name not in old.namelist():
                new.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), blob, zipfile.ZIP_DEFLATED)
    return out.getvalue()


replaced = _with
FORMS = {"part-b": part_b, "prag-a2": prag, "unpp": unpp}


def write(folder: Path, name: str) -> Path:
    """Write one of the forms and return its path."""
    path = folder / f"{name}.docx"
    path.write_bytes(FORMS[name]())
    return path


def answer_control(tag: str, content: str, kind: str = "<w:text/>", number: int = 1, more: str = "") -> str:
    """Return a content control round any content: runs, paragraphs, a cell, rows."""
    identity = f'<w:tag w:val="{tag}"/><w:id w:val="{number}"/>'
    return f"<w:sdt><w:sdtPr>{identity}{more}{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def grid(columns: int, *rows: str) -> str:
    """Return a table of rows that are XML already."""
    widths = '<w:gridCol w:w="3000"/>' * columns
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{widths}</w:tblGrid>{"".join(rows)}</w:tbl>'


def row(*cells: str) -> str:
    """Return a row of cells: their text, or their XML."""
    return f"<w:tr>{''.join(c if c.startswith(('<w:tc>', '<w:sdt>')) else cell(c) for c in cells)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """Return a cell of a text, or of the XML of its paragraphs."""
    inner = content if content.startswith("<w:") else p(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def text_box(inner: str) -> str:
    """Return a paragraph with a text box as Word writes it: drawn today, and again for older programs."""
    drawn = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="3000000" cy="600000"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="9" name="Box"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    old = f'<w:pict><v:shape id="s1" style="width:236pt;height:47pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>'
    spaces = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    return f'<w:p><w:r><mc:AlternateContent {spaces}><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r></w:p>'
