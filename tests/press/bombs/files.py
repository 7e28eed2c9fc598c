"""Bombs in a file's build: its pages, objects, tables of places, metadata and outline."""

from __future__ import annotations

import struct
import zlib
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.press.bombs.contents import FONT
from tests.press.bombs.resources import SHAPE
from tests.press.bombs.table import A5, add_page, bomb, count, page, raw, saved, stream, zeros

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
LEAF = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>"


@bomb
def a_hundred_thousand_pages(scale: float) -> bytes:
    """100,000 pages"""
    pages = count(100_000, scale)
    kids = b" ".join(b"%d 0 R" % (i + 3) for i in range(pages))
    return raw({1: CATALOG, 2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids), **{i + 3: LEAF for i in range(pages)}})  # fmt: skip


@bomb
def full_pages_by_the_hundred(scale: float) -> bytes:
    """400 pages with 20,000 shapes each"""
    with pikepdf.new() as pdf:
        leaf = add_page(pdf, b"".join(b"0 %d %d %d re f " % (i % 500, i % 97, i % 89) for i in range(20_000)), FONT)
        for _ in range(count(400, scale) - 1):
            pdf.pages.append(leaf)
        return saved(pdf)


@bomb
def a_page_tree_without_end(scale: float) -> bytes:
    """A page tree that is its own branch"""
    return raw({1: CATALOG, 2: b"<</Type/Pages/Count 2/Kids[2 0 R 3 0 R]>>", 3: LEAF})


@bomb
def a_deep_page_tree(scale: float) -> bytes:
    """A page tree of 100,000 levels"""
    deep = count(100_000, scale)
    nodes = {i: b"<</Type/Pages/Parent %d 0 R/Count 1/Kids[%d 0 R]>>" % (i - 1, i + 1) for i in range(3, deep + 3)}
    return raw({1: CATALOG, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", **nodes, deep + 3: LEAF.replace(b"2 0 R", b"%d 0 R" % (deep + 2))})  # fmt: skip


@bomb
def pages_of_pages(scale: float) -> bytes:
    """A page tree whose every node stands ten times in the one above it, twenty deep"""
    nodes = {
        i: b"<</Type/Pages/Count %d/Kids[%s]>>" % (10 ** (23 - i), b"%d 0 R " % (i + 1) * 10) for i in range(2, 23)
    }
    return raw({1: CATALOG, **nodes, 23: LEAF})


@bomb
def objects_in_a_stream(scale: float) -> bytes:
    """An object stream that unpacks to two gigabytes"""
    return _with_object_stream(zeros(count(2_000_000_000, scale)), 1)


@bomb
def a_million_objects_in_a_stream(scale: float) -> bytes:
    """An object stream with five million objects, and arrays of twenty million entries in it"""
    many = count(5_000_000, scale)
    head = b"1 0 " + b"9 0 " * (many - 1)
    said = b"<</Type/Catalog/Pages 2 0 R/A[%s]>>" % (b"0 " * count(20_000_000, scale))
    return _with_object_stream(zlib.compress(head + said), many, len(head))


def _with_object_stream(data: bytes, objects: int, first: int = 4) -> bytes:
    """A file whose catalog is in an object stream."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, said in {2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: LEAF, 4: stream(b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (objects, first), data)}.items():  # fmt: skip
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    start = len(out)
    rows = [(0, 0, 65535), (2, 4, 0), *((1, places[n], 0) for n in (2, 3, 4)), (1, start, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    out += b"5 0 obj\n" + stream(b"/Type/XRef/Size 6/W[1 4 2]/Root 1 0 R", table) + b"\nendobj\n"
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


@bomb
def a_table_of_places(scale: float) -> bytes:
    """A cross-reference stream that unpacks to two gigabytes"""
    out = bytearray(b"%PDF-1.7\n")
    start = len(out)
    out += b"5 0 obj\n" + stream(b"/Type/XRef/Size 250000000/W[1 4 3]/Root 1 0 R/Filter/FlateDecode", zeros(count(2_000_000_000, scale))) + b"\nendobj\n"  # fmt: skip
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


@bomb
def a_table_of_itself(scale: float) -> bytes:
    """Cross-reference tables that follow one another in a circle"""
    plain = raw({1: CATALOG, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: LEAF})
    start = int(plain.split(b"startxref\n")[1].split()[0])
    return raw({1: CATALOG, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: LEAF}, trailer=b"/Prev %d" % start)


@bomb
def tables_of_tables(scale: float) -> bytes:
    """20,000 cross-reference tables, each of which follows the one before it"""
    out = bytearray(raw({1: CATALOG, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: LEAF}))
    last = int(bytes(out).split(b"startxref\n")[1].split()[0])
    for _ in range(count(20_000, scale)):
        start = len(out)
        out += b"xref\n0 1\n0000000000 65535 f \ntrailer <</Root 1 0 R/Size 4/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (last, start)  # fmt: skip
        last = start
    return bytes(out)


@bomb
def deep_arrays(scale: float) -> bytes:
    """Arrays in arrays, 100,000 deep, wherever a page may have one"""
    deep = b"[" * count(100_000, scale) + b"]" * count(100_000, scale)
    some = b"".join(b"/%s %s" % (key, deep) for key in (b"Annots", b"Resources", b"Contents", b"Group"))
    return raw({1: CATALOG, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: LEAF[:-2] + some + b">>"})


@bomb
def wide_arrays(scale: float) -> bytes:
    """Arrays of ten million entries as a page's boxes, notes and colours"""
    wide = b"[%s]" % (b"0 " * count(10_000_000, scale))
    some = b"/Annots %s/ArtBox %s/Resources<</ColorSpace<</A %s>>>>" % (wide, wide, wide)
    return raw({1: CATALOG, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: LEAF[:-2] + some + b">>"})


@bomb
def odd_pages(scale: float) -> bytes:
    """Pages whose keys are of another kind than they should be, in turn"""
    odd = [b"/Words", b"(words)", b"[]", b"[/A/B/C/D]", b"<<>>", b"null", b"true", b"1e38", b"99 0 R", b"3 0 R", b"-1"]
    keys = (
        b"MediaBox CropBox TrimBox BleedBox ArtBox Rotate UserUnit Resources Contents Annots Group Parent Type".split()
    )
    leaves = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/%s %s>>" % (key, one) for key in keys for one in odd]
    inner = b"XObject ExtGState ColorSpace Pattern Shading Font Properties".split()
    use = b"/A Do /A gs /A cs 1 sc /Pattern cs /A scn 0 0 9 9 re f /A sh BT /A 9 Tf (x) Tj ET /OC /A BDC EMC"
    leaves += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</%s %s>>>>" % (kind, said) for kind in inner for one in odd for said in (one, b"<</A %s>>" % one)]  # fmt: skip
    content = b"<</Length %d>>stream\n%s\nendstream" % (len(use), use)
    kids = b" ".join(b"%d 0 R" % (i + 5) for i in range(len(leaves)))
    return raw({1: CATALOG, 2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(leaves), kids), 3: b"<<>>", 4: content, **{i + 5: leaf for i, leaf in enumerate(leaves)}})  # fmt: skip


@bomb
def odd_catalog(scale: float) -> bytes:
    """A catalog and an Info whose keys are of another kind than they should be"""
    info = b"<</Title 6 0 R/Author[(a)(b)]/Subject<</A 1>>/Keywords/Words/Creator 12/Producer null/Trapped(maybe)/CreationDate(D:\\377\\376)/GTS_PDFXVersion[1]>>"  # fmt: skip
    keys = b"/OutputIntents[1(a)<</S/GTS_PDFX/DestOutputProfile 7 0 R/OutputConditionIdentifier 8 0 R>>]/Names 8 0 R/OCProperties<</D 1/OCGs 5>>/Outlines[1]/AcroForm(words)/Metadata 8 0 R/OpenAction 12/AF[1]/StructTreeRoot 1/ViewerPreferences 3/PageLabels 1/Dests 1/Extensions 1/Lang 7"  # fmt: skip
    leaf = LEAF[:-2] + b"/Annots[1(a)<<>>[2]<</Subtype 5/Rect[0 0 9 9]>><</Subtype/Stamp/Rect[/A/B/C/D]>><</Subtype/Widget/Rect 8 0 R/AP 5>>]>>"  # fmt: skip
    return raw({1: b"<</Type/Catalog/Pages 2 0 R%s>>" % keys, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: leaf, 5: info, 6: b"(A title of its own)", 7: b"<</N 4>>", 8: b"(words)"}, trailer=b"/Info 5 0 R")  # fmt: skip


def _metadata(data: bytes, said: bytes = b"") -> bytes:
    catalog = CATALOG[:-2] + b"/Metadata 4 0 R>>"
    metadata = stream(b"/Type/Metadata/Subtype/XML" + said, data)
    return raw({1: catalog, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: LEAF, 4: metadata})


@bomb
def entities(scale: float) -> bytes:
    """Metadata whose entities name one another, ten times each"""
    named = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "words"}">' for i in range(count(20, scale)))
    body = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&e9;&e19;</rdf:RDF>'
    return _metadata(f"<!DOCTYPE x [{named}]>{body}".encode())


@bomb
def foreign_entities(scale: float) -> bytes:
    """Metadata that asks for a file and an address"""
    body = '<!DOCTYPE x SYSTEM "http://host.invalid/x.dtd" [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b SYSTEM "http://host.invalid/">]>'  # fmt: skip
    return _metadata(f'{body}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&a;&b;</rdf:RDF>'.encode())  # fmt: skip


@bomb
def long_metadata(scale: float) -> bytes:
    """Metadata of 200 MB, in elements a million deep or by the million"""
    head = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    part = b"<a b='c'/>" * 100_000
    engine = zlib.compressobj(6)
    body = [engine.compress(head), *(engine.compress(part) for _ in range(count(200, scale))), engine.compress(b"</rdf:RDF>")]  # fmt: skip
    return _metadata(b"".join([*body, engine.flush()]), b"/Filter/FlateDecode")


@bomb
def deep_metadata(scale: float) -> bytes:
    """Metadata of elements 200,000 deep"""
    deep = count(200_000, scale)
    return _metadata(b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' + b"<a>" * deep + b"</a>" * deep + b"</rdf:RDF>")  # fmt: skip


@bomb
def broken_metadata(scale: float) -> bytes:
    """Metadata that is no XML, and a stream that cannot be unpacked"""
    return _metadata(b"\xff\xfe<no>\0&&&", b"/Filter/FlateDecode")


@bomb
def outlines(scale: float) -> bytes:
    """Bookmarks in circles, and 300,000 of them in a row"""
    with pikepdf.new() as pdf:
        add_page(pdf, SHAPE)
        first = pdf.make_indirect(Dictionary(Title=String("first")))
        first.Next = first.First = first.Parent = first
        entry = first
        for _ in range(count(300_000, scale)):
            entry = pdf.make_indirect(Dictionary(Title=String("one"), Next=entry))
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=entry, Last=first, Count=-5))
        return saved(pdf)


@bomb
def attachments(scale: float) -> bytes:
    """A tree of names that is its own branch, and 200,000 attached files"""
    with pikepdf.new() as pdf:
        add_page(pdf, SHAPE)
        file = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("a"), EF=Dictionary(F=pdf.make_indirect(Stream(pdf, b"x")))))  # fmt: skip
        many = Array([part for i in range(count(200_000, scale)) for part in (String(f"{i:09}"), file)])
        leaf = pdf.make_indirect(Dictionary(Names=many, Limits=[String("000000000"), String("999999999")]))
        tree = pdf.make_indirect(Dictionary())
        tree.Kids = Array([leaf, tree, tree])
        pdf.Root.Names = Dictionary(EmbeddedFiles=tree)
        return saved(pdf)


@bomb
def tags(scale: float) -> bytes:
    """Tags 200,000 deep, to which the page points"""
    with pikepdf.new() as pdf:
        leaf = add_page(pdf, SHAPE)
        node = pdf.make_indirect(Dictionary(S=Name.P))
        for _ in range(count(200_000, scale)):
            node = pdf.make_indirect(Dictionary(S=Name.Sect, K=node))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=node))
        leaf.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[9, 9, 99, 99], StructParent=node)])  # fmt: skip
        return saved(pdf)


@bomb
def encrypted(scale: float) -> bytes:
    """A file that may be read without its password, whose content unpacks to a gigabyte"""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=A5)
        pdf.pages[0].Contents = Stream(pdf, zeros(count(1_000_000_000, scale)), Filter=Name.FlateDecode)
        return saved(pdf, encryption=pikepdf.Encryption(owner="owner", user=""))


@bomb
def truncated(scale: float) -> bytes:
    """A file of many objects that breaks off"""
    whole = page(b"0 0 9 9 re f " * count(100_000, scale), FONT)
    return whole[: len(whole) * 2 // 3]


@bomb
def rubbish(scale: float) -> bytes:
    """A million objects that are no objects, without a table of places"""
    return b"%PDF-1.7\n" + b"7 0 obj << /A [ 1 0 R endobj\n" * count(1_000_000, scale) + b"%%EOF\n"


@bomb
def lengths(scale: float) -> bytes:
    """A stream that says it is longer than the file, one of less than nothing, and one whose length is itself"""
    leaf = LEAF[:-2] + b"/Contents[4 0 R 5 0 R 6 0 R 7 0 R]>>"
    said = {4: b"<</Length 9999999999999>>", 5: b"<</Length -5>>", 6: b"<</Length 6 0 R>>", 7: b"<</Length(words)>>"}
    streams = {number: keys + b"stream\n0 0 9 9 re f\nendstream" for number, keys in said.items()}
    return raw({1: CATALOG, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: leaf, **streams})


@bomb
def large_file(scale: float) -> bytes:
    """A file of 400 MB: one picture that no filter packs"""
    side = round((count(400_000_000, scale)) ** 0.5)
    rows = Random(1)
    data = b"".join(rows.randbytes(side) for _ in range(side))
    picture = stream(
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray" % (side, side), data
    )
    leaf = LEAF[:-2] + b"/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    content = b"<</Length 31>>stream\nq 400 0 0 400 10 10 cm /I Do Q \nendstream"
    return raw({1: CATALOG, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: leaf, 4: content, 5: picture})
