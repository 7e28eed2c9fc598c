"""Bombs in what a page uses: forms, patterns, masks, shadings, functions, colours and fonts."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.press.bombs.contents import FONT
from tests.press.bombs.table import add_page, bomb, count, form, packed, page, saved, zeros

SHAPE = b"0.2 0.1 0 0 k 0 0 420 595 re f "


def _nested(depth: int, times: int, link, inner: bytes = SHAPE):  # type: ignore[no-untyped-def]
    """Return what makes the outermost of forms, each of which uses the next `times` times over by `link`."""

    def make(pdf: Pdf) -> object:
        made = form(pdf, inner)
        for _ in range(depth):
            made = link(pdf, made, times)
        return made

    return make


def _form(pdf: Pdf, inner: Stream, times: int, **keys: object) -> Stream:
    return form(pdf, b"/X Do " * times, {"XObject": {"X": inner}}, **keys)


@bomb
def forms_within_forms(scale: float) -> bytes:
    """Forms that stand 5,000 deep in one another"""
    return page(b"/X Do", {"XObject": {"X": _nested(count(5_000, scale), 1, _form)}})


@bomb
def forms_of_forms(scale: float) -> bytes:
    """Forms of which each paints the next ten times over, twenty deep"""
    text = {"XObject": {"X": _nested(20, 10, _form)}, **FONT}
    return page(b"/X Do BT /F 4 Tf 10 300 Td (near the trim) Tj ET ", text)


@bomb
def groups_of_groups(scale: float) -> bytes:
    """Transparency groups of which each paints the next ten times over"""

    def link(pdf: Pdf, inner: Stream, times: int) -> Stream:
        gs = {"G": Dictionary(ca=0.5)}
        return form(pdf, b"/G gs " + b"/X Do " * times, {"XObject": {"X": inner}, "ExtGState": gs}, Group=Dictionary(S=Name.Transparency))  # fmt: skip

    return page(b"/X Do", {"XObject": {"X": _nested(20, 10, link)}})


@bomb
def groups(scale: float) -> bytes:
    """30,000 transparency groups as large as the page"""

    def group(pdf: Pdf) -> Stream:
        return form(pdf, SHAPE, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))

    return page(b"/G gs " + b"/X Do " * count(30_000, scale), {"XObject": {"X": group}, "ExtGState": {"G": Dictionary(ca=0.5)}})  # fmt: skip


def _cells(pdf: Pdf, content: bytes, step: float, resources: dict) -> Stream:  # type: ignore[type-arg]
    made = form(pdf, content, resources)
    for key in ("/Type", "/Subtype"):
        del made[key]
    made.PatternType, made.PaintType, made.TilingType, made.XStep, made.YStep = 1, 1, 1, step, step
    return made


@bomb
def patterns_in_patterns(scale: float) -> bytes:
    """Patterns in patterns, twenty deep, each of a million cells"""

    def link(pdf: Pdf, inner: Stream, _times: int) -> Stream:
        cell = inner if "/PatternType" in inner else _cells(pdf, SHAPE, 0.4, {})
        return _cells(pdf, b"/Pattern cs /P scn 0 0 420 595 re f ", 0.4, {"Pattern": {"P": cell}})

    return page(b"/Pattern cs /P scn 0 0 420 595 re f ", {"Pattern": {"P": _nested(20, 1, link)}})


@bomb
def masks_in_masks(scale: float) -> bytes:
    """Soft masks in soft masks, each painted through the next ten times over"""

    def link(pdf: Pdf, inner: Stream, times: int) -> Stream:
        state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=inner))
        return form(pdf, (b"/S gs " + SHAPE) * times, {"ExtGState": {"S": state}}, Group=Dictionary(S=Name.Transparency))  # fmt: skip

    return page(b"/X Do", {"XObject": {"X": _nested(20, 10, link)}})


@bomb
def masks(scale: float) -> bytes:
    """20,000 soft masks, each set anew for a shape"""
    state = lambda pdf: Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form(pdf, SHAPE)))  # noqa: E731
    return page((b"q /S gs " + SHAPE + b"Q ") * count(20_000, scale), {"ExtGState": {"S": state}})


def _exponential(pdf: Pdf) -> Dictionary:
    return pdf.make_indirect(Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1.7))


def _shading(pdf: Pdf, function: object, kind: int = 2, **keys: object) -> Dictionary:
    coords = [0, 0, 420, 595] if kind == 2 else [200, 300, 10, 200, 300, 400]
    more = {"Coords": Array(coords)} if kind > 1 else {"Domain": Array([0, 420, 0, 595])}
    return pdf.make_indirect(Dictionary(ShadingType=kind, ColorSpace=Name.DeviceCMYK, Function=function, **more, **keys))  # fmt: skip


@bomb
def shadings(scale: float) -> bytes:
    """50,000 shadings over the page"""
    return page(b"/S sh " * count(50_000, scale), {"Shading": {"S": lambda pdf: _shading(pdf, _exponential(pdf))}})


@bomb
def stitches(scale: float) -> bytes:
    """A function stitched of a million, and functions stitched of functions 200 times over, eight deep"""

    def wide(pdf: Pdf) -> Dictionary:
        many, one = count(1_000_000, scale), _exponential(pdf)
        return _shading(pdf, Dictionary(FunctionType=3, Domain=[0, 1], Functions=Array([one] * many), Bounds=Array([0.5] * (many - 1)), Encode=Array([0, 1] * many)))  # fmt: skip

    def deep(pdf: Pdf) -> Dictionary:
        made = _exponential(pdf)
        for _ in range(8):
            made = pdf.make_indirect(Dictionary(FunctionType=3, Domain=[0, 1], Functions=Array([made] * 200), Bounds=Array([i / 200 for i in range(1, 200)]), Encode=Array([0, 1] * 200)))  # fmt: skip
        return _shading(pdf, made)

    return page(b"/W sh /D sh ", {"Shading": {"W": wide, "D": deep}})


@bomb
def samples(scale: float) -> bytes:
    """A sampled function of a thousand samples in each of four directions, and one in sixteen directions"""

    def sampled(pdf: Pdf, size: list[int], data: bytes) -> Array:
        n = len(size)
        made = Stream(pdf, data, FunctionType=0, Domain=Array([0, 1] * n), Range=Array([0, 1] * 4), Size=Array(size), BitsPerSample=8, Filter=Name.FlateDecode)  # fmt: skip
        names = Array([Name(f"/Ink{i}") for i in range(n)])
        return Array([Name.DeviceN, names, Name.DeviceCMYK, pdf.make_indirect(made)])

    huge = lambda pdf: sampled(pdf, [1000] * 4, zeros(count(1_000_000_000, scale)))  # noqa: E731
    many = lambda pdf: sampled(pdf, [2] * 16, zeros(1_000_000))  # noqa: E731
    use = b"/A cs 1 1 1 1 sc 0 0 9 9 re f /B cs " + b"0.5 " * 16 + b"scn 0 0 9 9 re f "
    return page(use * count(1_000, scale), {"ColorSpace": {"A": huge, "B": many}})


@bomb
def programs(scale: float) -> bytes:
    """Calculated functions that are long, grow their stack, or square a whole number again and again"""

    def calculated(pdf: Pdf, said: bytes) -> Array:
        made = Stream(pdf, said, FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4)
        return Array([Name.Separation, Name.Gold, Name.DeviceCMYK, pdf.make_indirect(made)])

    said = {
        "A": b"{" + b"dup mul sqrt " * count(30_000, scale) + b"dup dup dup}",
        "B": b"{" + b"dup 2 copy 4 copy 8 copy 16 copy 32 copy " * count(1_000, scale) + b"}",
        "C": b"{pop 3 cvi " + b"dup mul " * count(1_000, scale) + b"dup dup dup}",
        "D": b"{pop 1 cvi " + b"32 bitshift " * count(1_000, scale) + b"dup dup dup}",
        "E": b"{" + b"true {" * count(20_000, scale) + b"} if" * count(20_000, scale) + b"}",
        "F": b"{pop 1000000000 copy 1e300 dup mul cvi 100000000 exp}",
    }
    use = b"".join(b"/%s cs %d 100 div sc 0 0 9 9 re f " % (name.encode(), i) for i in range(200) for name in said)
    use += b"".join(b"/%s cs 0.%03d sc 0 0 9 9 re f " % (name.encode(), i) for i in range(1_000) for name in said)
    return page(use, {"ColorSpace": {name: lambda pdf, s=one: calculated(pdf, s) for name, one in said.items()}})


@bomb
def inks(scale: float) -> bytes:
    """300 colour spaces of 32 spot colours each, all painted, also through groups"""

    def space(pdf: Pdf, number: int) -> Array:
        names = Array([Name(f"/Ink{number}-{i}") for i in range(32)])
        tint = Stream(pdf, b"{" + b"pop " * 28 + b"}", FunctionType=4, Domain=Array([0, 1] * 32), Range=Array([0, 1] * 4))  # fmt: skip
        return Array([Name.DeviceN, names, Name.DeviceCMYK, pdf.make_indirect(tint)])

    many = count(300, scale)
    use = b"".join(b"/C%d cs " % i + b"0.5 " * 32 + b"scn 0 0 420 595 re f " for i in range(many))
    return page(use, {"ColorSpace": {f"C{i}": lambda pdf, i=i: space(pdf, i) for i in range(many)}})


@bomb
def spaces_of_spaces(scale: float) -> bytes:
    """DeviceN of ten thousand inks, and 100,000 colour spaces set in turn"""

    def space(pdf: Pdf) -> Array:
        names = Array([Name(f"/Ink{i}") for i in range(count(10_000, scale))])
        return pdf.make_indirect(Array([Name.DeviceN, names, Name.DeviceCMYK, _exponential(pdf)]))

    indexed = lambda pdf: Array([Name.Indexed, Name.DeviceRGB, 255, String(bytes(768))])  # noqa: E731
    use = b"/A cs /B cs 3 sc 0 0 9 9 re f /DeviceRGB cs " * count(100_000, scale)
    return page(use, {"ColorSpace": {"A": space, "B": indexed}})


@bomb
def icc_profiles(scale: float) -> bytes:
    """ICC profiles that are broken, unpack to a gigabyte, or say that they have a million parts"""

    def profile(pdf: Pdf, data: bytes, parts: object) -> Array:
        return Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, data, N=parts, Filter=Name.FlateDecode))])

    some = {
        "A": lambda pdf: profile(pdf, zeros(count(1_000_000_000, scale)), 4),
        "B": lambda pdf: profile(pdf, b"broken", 3),
        "C": lambda pdf: profile(pdf, zeros(1_000_000), 1_000_000),
        "D": lambda pdf: profile(pdf, zeros(1_000_000), String("four")),
    }
    use = b"".join(b"/%s cs 0 0 0 1 sc 0 0 9 9 re f " % name.encode() for name in some)
    with pikepdf.new() as pdf:
        add_page(pdf, use, {"ColorSpace": some})
        big = pdf.make_indirect(Stream(pdf, zeros(count(1_000_000_000, scale)), N=4, Filter=Name.FlateDecode))
        pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX, OutputConditionIdentifier=String("FOGRA39"), DestOutputProfile=big)])  # fmt: skip
        return saved(pdf)


@bomb
def cmaps(scale: float) -> bytes:
    """A ToUnicode of a gigabyte, and one that maps four billion codes"""

    def font(pdf: Pdf, said: Stream) -> Dictionary:
        return pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, ToUnicode=said)
        )

    ranges = b"begincmap 1 begincodespacerange <0000> <ffffffff> endcodespacerange " + b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange " * count(100_000, scale)  # fmt: skip
    some = {
        "A": lambda pdf: font(
            pdf, pdf.make_indirect(Stream(pdf, zeros(count(1_000_000_000, scale)), Filter=Name.FlateDecode))
        ),  # fmt: skip
        "B": lambda pdf: font(pdf, packed(pdf, ranges)),
    }
    text = b"1 0 0 rg BT /A 4 Tf 10 300 Td (near the trim) Tj /B 4 Tf (and this) Tj ET "
    return page(text, {"Font": some})


@bomb
def fonts(scale: float) -> bytes:
    """Fonts whose widths, encodings and files have millions of entries"""

    def simple(pdf: Pdf) -> Dictionary:
        many = count(1_000_000, scale)
        described = Dictionary(Type=Name.FontDescriptor, FontName=Name.Wide, Flags=32, FontFile2=pdf.make_indirect(Stream(pdf, zeros(count(1_000_000_000, scale)), Filter=Name.FlateDecode)))  # fmt: skip
        encoding = Dictionary(Differences=Array([0, *[Name.a] * many]))
        return Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Wide, FirstChar=0, LastChar=many, Widths=Array([500] * many), FontDescriptor=described, Encoding=encoding)  # fmt: skip

    def composite(pdf: Pdf) -> Dictionary:
        many = count(300_000, scale)
        inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Wide, W=Array([0, 2_000_000_000, 500, *[0, 65_535, 500] * many]))  # fmt: skip
        return Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Wide, Encoding=Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(inner)])  # fmt: skip

    text = b"BT /A 4 Tf 10 300 Td (near the trim) Tj /B 4 Tf (and this) Tj ET "
    return page(text * count(1_000, scale), {"Font": {"A": simple, "B": composite}})


@bomb
def drawn_letters(scale: float) -> bytes:
    """A million letters of a Type 3 font, each of which shows ten letters of the next font, four deep"""

    def font(pdf: Pdf) -> Dictionary:
        made = None
        for depth in range(4):
            content = b"0 0 500 500 re f " if made is None else b"BT /F 1 Tf (aaaaaaaaaa) Tj ET "
            own = Dictionary() if made is None else Dictionary(Font=Dictionary(F=made))
            made = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3, Name=Name(f"/D{depth}"), FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FontBBox=[0, 0, 500, 500], FirstChar=97, LastChar=97, Widths=[500], Encoding=Dictionary(Differences=[97, Name.a]), CharProcs=Dictionary(a=packed(pdf, b"500 0 d0 " + content)), Resources=own))  # fmt: skip
        assert made is not None
        return made

    return page(b"BT /F 9 Tf 9 300 Td (" + b"a" * count(1_000_000, scale) + b") Tj ET ", {"Font": {"F": font}})


@bomb
def layers(scale: float) -> bytes:
    """200,000 layers, and a form that paints itself a thousandfold in one that does not print"""
    with pikepdf.new() as pdf:
        off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("off")))
        every = Array([pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("on"))) for _ in range(count(200_000, scale))])  # fmt: skip
        pdf.Root.OCProperties = Dictionary(OCGs=every, D=Dictionary(OFF=Array([off] * count(200_000, scale))))
        members = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=every))
        hidden = lambda pdf: _hidden(pdf, off)  # noqa: E731
        use = b"/OC /M BDC 0 0 9 9 re f EMC " * count(1_000, scale)
        text = b"/X Do BT /F 4 Tf 10 300 Td (near the trim) Tj ET "
        add_page(pdf, use + text, {"Properties": {"M": members}, "XObject": {"X": hidden}, **FONT})
        return saved(pdf)


def _hidden(pdf: Pdf, layer: Dictionary) -> Stream:
    made = _nested(20, 10, _form)(pdf)
    made.OC = layer  # type: ignore[attr-defined]
    return made  # type: ignore[return-value]


@bomb
def names(scale: float) -> bytes:
    """Resources and fonts with names of a megabyte, and a hundred thousand resources"""
    long = "N" * count(1_000_000, scale)
    fonts = {f"F{i}": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{long}{i}")) for i in range(5)}
    use = b"".join(b"BT /F%d 9 Tf 50 300 Td (words) Tj ET " % i for i in range(5))
    missing = b"/%s Do /%s gs /%s cs " % (long.encode(), long.encode(), long.encode())
    some = {f"G{i}": Dictionary(LW=1) for i in range(count(100_000, scale))}
    return page(use + missing + b"/G0 gs " * 1_000, {"Font": fonts, "ExtGState": some})


@bomb
def a_chain_of_objects(scale: float) -> bytes:
    """Resources that lead from one object to the next, 300,000 deep"""
    with pikepdf.new() as pdf:
        last = pdf.make_indirect(Dictionary())
        for _ in range(count(300_000, scale)):
            last = pdf.make_indirect(Dictionary(Next=last))
        leaf = add_page(pdf, SHAPE, {"Properties": {"A": last}})
        leaf.obj.PieceInfo = last
        return saved(pdf)


@bomb
def annotations(scale: float) -> bytes:
    """100,000 annotations with an appearance each"""
    with pikepdf.new() as pdf:
        leaf = add_page(pdf, SHAPE)
        look = form(pdf, b"0 0 9 9 re f ")
        every = [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=Array([i % 400, i % 500, i % 400 + 9, i % 500 + 9]), AP=Dictionary(N=look))) for i in range(count(100_000, scale))]  # fmt: skip
        leaf.obj.Annots = Array(every)
        return saved(pdf)


@bomb
def fields(scale: float) -> bytes:
    """100,000 form fields without a look, which is to be made of a font that is not there"""
    with pikepdf.new() as pdf:
        leaf = add_page(pdf, SHAPE)
        every = [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(f"f{i}"), V=String("words" * 20), DA=String("/Helv 9 Tf 0 g"), F=4, Rect=Array([9, 9, 300, 30]))) for i in range(count(100_000, scale))]  # fmt: skip
        leaf.obj.Annots = Array(every)
        pdf.Root.AcroForm = Dictionary(Fields=Array(every), NeedAppearances=True)
        return saved(pdf)
