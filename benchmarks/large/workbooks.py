"""Workbooks that claim to be far larger than they are, or unpack to far more: XLSX and ODS written part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.large import Build, Case
from benchmarks.large.tables import _small

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>name.en</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" t="inlineStr"><is><t>A</t></is></c></row>'
)
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "number": "datastyle",
    }.items()
)
FAR = 2**31 - 1


def sheet(rows: str = _ROWS, before: str = "", after: str = "") -> str:
    """Return the XML of a sheet."""
    return f"{_HEAD}<worksheet {_MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def xlsx(parts: Callable[[], Mapping[str, str | bytes]], sheets: int = 1) -> Build:
    """Write an XLSX workbook of these parts of xl/."""

    def build(folder: Path) -> Sequence[str]:
        given = parts()
        kinds = "".join(
            f'<Override PartName="/xl/{name}" ContentType="{_KIND}.{kind}+xml"/>'
            for name, kind in (
                ("workbook.xml", "sheet.main"),
                ("sharedStrings.xml", "sharedStrings"),
                ("styles.xml", "styles"),
            )
        )
        numbers = range(1, sheets + 1)
        links = "".join(
            f'<Relationship Id="s{n}" Type="{_R}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        links += f'<Relationship Id="t" Type="{_R}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="u" Type="{_R}/styles" Target="styles.xml"/>'
        listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
        made = {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="{_KIND}.worksheet+xml"/>{kinds}</Types>',
            "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{_HEAD}<workbook {_MAIN} xmlns:r="{_R}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{links}</Relationships>',
            "xl/worksheets/sheet1.xml": sheet(),
            **{f"xl/{name}": content for name, content in given.items()},
        }
        return _packed(folder, "members.xlsx", made)

    return build


def ods(table: Callable[[], str], styles: Callable[[], str] = lambda: "") -> Build:
    """Write an ODS workbook of one table, or of several where `table` ends its own and begins others."""

    def build(folder: Path) -> Sequence[str]:
        content = (
            f'{_HEAD}<office:document-content {_ODF} office:version="1.3"><office:automatic-styles>{styles()}</office:automatic-styles>'
            f'<office:body><office:spreadsheet><table:table table:name="S">{table()}</table:table></office:spreadsheet></office:body></office:document-content>'
        )
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        manifest = f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
        return _packed(
            folder, "members.ods", {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
        )

    return build


def _packed(folder: Path, name: str, parts: Mapping[str, str | bytes]) -> Sequence[str]:
    _small(folder)
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return ("check", "--table", name, "--base", "_base")


def cell(text: str, more: str = "") -> str:
    """Return a cell of ODS."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    """Return a row of ODS."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


_FIRST = row(cell("id"), cell("name.en"))
_BOTH = _FIRST + row(cell("a"), cell("A"))


def _strings(attributes: str, *items: str) -> str:
    return f"{_HEAD}<sst {_MAIN} {attributes}>{''.join(f'<si><t>{item}</t></si>' for item in items)}</sst>"


def _shared(count: int) -> str:
    """Return rows whose cells all name one shared string."""
    cells = (
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>1</v></c></row>' for n in range(2, count)
    )
    return sheet(_ROWS.partition('<row r="2">')[0] + "".join(cells))


def _noise(length: int) -> str:
    """Return text that packs to a hundredth, as a sheet does: no ratio gives it away."""
    return "".join(f"{n:06}" + "a" * 600 for n in range(length // 606))


CASES = (
    Case("xlsx: sharedStrings count=4294967295", "two rows", 5, xlsx(lambda: {"sharedStrings.xml": _strings('count="4294967295" uniqueCount="4294967295"', "a")})),
    Case("xlsx: dimension A1:XFD1048576", "two rows", 5, xlsx(lambda: {"worksheets/sheet1.xml": sheet(before='<dimension ref="A1:XFD1048576"/>')})),
    Case("xlsx: dimension without end", "two rows", 5, xlsx(lambda: {"worksheets/sheet1.xml": sheet(before='<dimension ref="A1:ZZZZZZZ99999999999"/>')})),
    Case("xlsx: a cell at XFD1048576", "three cells", 5, xlsx(lambda: {"worksheets/sheet1.xml": sheet(_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}), "table.bomb"),
    Case("xlsx: a row of number 2^31", "three rows", 5, xlsx(lambda: {"worksheets/sheet1.xml": sheet(_ROWS + f'<row r="{FAR}"><c><v>1</v></c></row>')})),
    Case("xlsx: merged cells", "1,000,000", 10, xlsx(lambda: {"worksheets/sheet1.xml": sheet(after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, 1_000_002)) + "</mergeCells>")})),
    Case("xlsx: whole columns merged", "100,000 times", 10, xlsx(lambda: {"worksheets/sheet1.xml": sheet(_ROWS + '<row r="40000"><c r="A40000"><v>1</v></c></row>', after="<mergeCells>" + '<mergeCell ref="A1:B1048576"/>' * 100_000 + "</mergeCells>")})),
    Case("xlsx: hidden columns", "1,000,000 times all", 10, xlsx(lambda: {"worksheets/sheet1.xml": sheet(before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 1_000_000 + "</cols>")})),
    Case("xlsx: styles", "1,000,000", 10, xlsx(lambda: {"styles.xml": f"{_HEAD}<styleSheet {_MAIN}><numFmts>" + "".join(f'<numFmt numFmtId="{n}" formatCode="0{n}"/>' for n in range(164, 500_000)) + "</numFmts><cellXfs>" + "".join(f'<xf numFmtId="{n}"/>' for n in range(500_000)) + "</cellXfs></styleSheet>"})),
    Case("xlsx: one shared string in all cells", "30,000 of 1 MB", 10, xlsx(lambda: {"sharedStrings.xml": _strings('count="2" uniqueCount="2"', "a", _noise(1_000_000)), "worksheets/sheet1.xml": _shared(30_000)}), "table.bomb"),
    Case("xlsx: rows without a number", "1,000,000", 15, xlsx(lambda: {"worksheets/sheet1.xml": sheet(_ROWS + "<row/>" * 1_000_000)})),
    Case("xlsx: empty cells", "4,000,000", 20, xlsx(lambda: {"worksheets/sheet1.xml": sheet(_ROWS + "<row>" + "<c/>" * 4_000_000 + "</row>")})),
    Case("xlsx: deep XML", "1,000,000", 5, xlsx(lambda: {"worksheets/sheet1.xml": sheet(_ROWS + "<a>" * 1_000_000 + "</a>" * 1_000_000)})),
    Case("xlsx: deep XML in its strings", "1,000,000", 5, xlsx(lambda: {"sharedStrings.xml": _strings("", "<a>" * 1_000_000 + "</a>" * 1_000_000)})),
    Case("xlsx: attributes", "500,000 on a row", 5, xlsx(lambda: {"worksheets/sheet1.xml": sheet(_ROWS + "<row " + " ".join(f'a{n}="1"' for n in range(500_000)) + "/>")})),
    Case("xlsx: sheets", "20,000", 10, xlsx(lambda: {f"worksheets/sheet{n}.xml": sheet() for n in range(1, 20_001)}, sheets=20_000)),
    Case("xlsx: errors", "500,000 cells", 15, xlsx(lambda: {"worksheets/sheet1.xml": sheet(_ROWS + "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c></row>' for n in range(3, 500_003)))})),
    Case("ods: columns repeated 2^31", "two rows", 5, ods(lambda: _FIRST + row(cell("a"), cell("A", f'table:number-columns-repeated="{FAR}"'))), "table.bomb"),
    Case("ods: rows repeated 2^31", "two rows", 5, ods(lambda: _FIRST + row(cell("a"), cell("A"), more=f'table:number-rows-repeated="{FAR}"')), "table.bomb"),
    Case("ods: blank rows repeated 2^31", "three rows", 5, ods(lambda: _BOTH + row(cell(""), more=f'table:number-rows-repeated="{FAR}"').replace("<text:p></text:p>", "") + row("<table:table-cell/>", more=f'table:number-rows-repeated="{FAR}"'))),
    Case("ods: blank columns repeated 2^31", "two rows", 5, ods(lambda: _BOTH + row(cell("b"), f'<table:table-cell table:number-columns-repeated="{FAR}"/>' * 1000))),
    Case("ods: cells spanned 2^31", "100,000 of them", 10, ods(lambda: _FIRST + row(cell("a", f'table:number-columns-spanned="{FAR}" table:number-rows-spanned="{FAR}"')) * 100_000)),
    Case("ods: a long text repeated", "1 MB, 30,000 times", 10, ods(lambda: _FIRST + row(cell("a"), cell(_noise(1_000_000)), more='table:number-rows-repeated="30000"')), "table.bomb"),
    Case("ods: tables that are full", "500 of 4,000,000 cells", 10, ods(lambda: "</table:table>".join([_BOTH, *(f'<table:table table:name="T{n}">' + row(cell("a", 'table:number-columns-repeated="10000"'), more='table:number-rows-repeated="400"') for n in range(500))])), "table.bomb"),
    Case("ods: column styles", "1,000,000", 10, ods(lambda: '<table:table-column table:default-cell-style-name="a"/>' * 1_000_000 + _BOTH)),
    Case("ods: styles", "1,000,000", 15, ods(lambda: _BOTH, lambda: "".join(f'<style:style style:name="s{n}" style:data-style-name="n{n}"/>' for n in range(1_000_000)))),
    Case("ods: spaces", "1,000,000 times 10^9", 5, ods(lambda: _FIRST + row(cell("a"), cell("<text:tab/>" + '<text:s text:c="1000000000"/>' * 1_000_000)))),
    Case("ods: deep XML", "1,000,000", 5, ods(lambda: _FIRST + row(cell("<text:span>" * 1_000_000 + "</text:span>" * 1_000_000)))),
)  # fmt: skip
