"""Bombs in a page's content: operators, paths, text and inline images."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tests.press.bombs.table import A5, bomb, count, page, raw, repeated, saved, stream, zeros

FONT = {"Font": {"F": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)}}


def _zigzag(points: int, last: bytes = b"") -> bytes:
    """A path that goes up and down across the page."""
    lines = b"".join(b"%d %d l " % (i * 7919 % A5[0], i * 104729 % A5[1]) for i in range(points))
    return b"0 0 m " + lines + last


def _content(packed: bytes) -> bytes:
    """A page whose content is packed already."""
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/TrimBox[9 9 411 586]/Contents 4 0 R/Resources<<>>>>"
    return raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: leaf,
            4: stream(b"/Filter/FlateDecode", packed),
        }
    )


@bomb
def dashes(scale: float) -> bytes:
    """Dash arrays of 20,000 entries on long paths"""
    dash = b"[" + b"0.01 0.02 " * count(10_000, scale) + b"] 0 d "
    return page((dash + _zigzag(count(20_000, scale), b"S ")) * 20, FONT)


@bomb
def tiny_dashes(scale: float) -> bytes:
    """Dashes of a millionth of a point on lines a million points long"""
    return page(b"[0.000001 0.000001] 0 d 1 w 0 0 0 1 K " + b"-500000 300 m 500000 301 l S " * count(1_000, scale))


@bomb
def inline_images(scale: float) -> bytes:
    """500,000 inline images"""
    one = b"q 9 0 0 9 50 50 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q\n"
    return page(one * count(500_000, scale))


@bomb
def inline_images_of_rgb(scale: float) -> bytes:
    """100,000 inline images as large as the page, in colours that must be separated"""
    one = b"q 420 0 0 595 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /RGB ID abcdefghijkl EI Q\n"
    return page(one * count(100_000, scale))


@bomb
def inline_image_of_a_million_keys(scale: float) -> bytes:
    """An inline image whose dictionary does not end"""
    return page(b"BI " + b"/W 1 " * count(8_000_000, scale))


@bomb
def clip_of_a_million_points(scale: float) -> bytes:
    """A clip of a million points, and a thousand shapes within it"""
    return page(_zigzag(count(1_000_000, scale), b"W n ") + b"0.5 g 0 0 420 595 re f " * count(1_000, scale))


@bomb
def shapes_in_a_heavy_clip(scale: float) -> bytes:
    """A clip that is too much to paint, and 60,000 shapes within it"""
    return page(_zigzag(count(60_000, scale), b"W n ") + b"0.5 g 9 9 2 2 re f " * count(60_000, scale))


@bomb
def graphics_states(scale: float) -> bytes:
    """A graphics state that is set a million times"""
    return page(b"/A gs " * count(1_000_000, scale), {"ExtGState": {"A": Dictionary(LW=1, ca=1, CA=1, BM=Name.Normal)}})


@bomb
def clips_in_turn(scale: float) -> bytes:
    """20,000 times one clip of forty that have a thousand points each, and a shape within it"""
    clips = [b"q %d 0 m " % i + _zigzag(1_000, b"W n 0.5 g 0 0 420 595 re f Q ") for i in range(40)]
    return page(b"".join(clips) * count(500, scale))


@bomb
def fill_of_a_million_points(scale: float) -> bytes:
    """A shape of a million points that goes to and fro across the page"""
    return page(b"0.3 g " + _zigzag(count(1_000_000, scale), b"f "))


@bomb
def stars(scale: float) -> bytes:
    """2,000 shapes of a thousand points, each across the page"""
    return page((b"0.3 g " + _zigzag(1_000, b"f* ")) * count(2_000, scale))


@bomb
def many_parts(scale: float) -> bytes:
    """One shape of 300,000 rectangles"""
    parts = b"".join(b"%d %d 400 300 re " % (i % 100, i % 97) for i in range(count(300_000, scale)))
    return page(b"0.3 g " + parts + b"f ")


@bomb
def wide_lines(scale: float) -> bytes:
    """A line of 100,000 points, a thousand points wide, with rounded joins"""
    return page(b"1 j 1 J 1000 w " + _zigzag(count(100_000, scale), b"S "))


@bomb
def curves(scale: float) -> bytes:
    """A path of a million curves"""
    one = b"".join(b"%d 0 0 %d 100 100 c " % (i % 420, i % 595) for i in range(1_000))
    return page(b"0 0 m " + one * count(1_000, scale) + b"f ")


@bomb
def full_pages(scale: float) -> bytes:
    """300,000 fills of the whole page, half seen through"""
    gs = {"ExtGState": {"A": Dictionary(ca=0.5)}}
    return page(b"/A gs " + b"0.1 0.2 0.3 0 k 0 0 420 595 re f " * count(300_000, scale), gs)


@bomb
def blends(scale: float) -> bytes:
    """100,000 fills of the whole page, each blended by SoftLight"""
    gs = {"ExtGState": {"A": Dictionary(BM=Name.SoftLight)}}
    return page(b"/A gs " + b"0.1 0.2 0.3 0 k 0 0 420 595 re f " * count(100_000, scale), gs)


@bomb
def zeros_of_content(scale: float) -> bytes:
    """A content stream of 2 GB of zeros"""
    return _content(zeros(count(2_000_000_000, scale)))


@bomb
def numbers(scale: float) -> bytes:
    """A billion numbers without an operator"""
    return _content(repeated(b"1 " * 500_000, count(2_000, scale)))


@bomb
def numbers_in_brackets(scale: float) -> bytes:
    """20 million numbers in an array that does not close"""
    return _content(repeated(b"[" + b"1 " * 500_000, count(40, scale)))


@bomb
def signs(scale: float) -> bytes:
    """40 million signs that are no number"""
    return page(b"-" * count(40_000_000, scale))


@bomb
def digits(scale: float) -> bytes:
    """A number of 40 million digits, and names and words as long"""
    many = count(13_000_000, scale)
    return page(b"1" * many + b" w /" + b"N" * many + b" Do " + b"x" * many)


@bomb
def brackets(scale: float) -> bytes:
    """40 million brackets that do not close"""
    third = count(13_000_000, scale)
    return page(b"[" * third + b"<<" * (third // 2) + b"(" * third)


@bomb
def comments(scale: float) -> bytes:
    """Ten million comments and nothing else"""
    return page(b"%x\n" * count(10_000_000, scale))


@bomb
def states(scale: float) -> bytes:
    """A million times q, and a million layers begun"""
    return page(b"q " * count(1_000_000, scale) + b"/A BMC " * count(1_000_000, scale) + b"0 0 9 9 re f " * 10_000)


@bomb
def extremes(scale: float) -> bytes:
    """Coordinates of 1e38 and no numbers, on paths, matrices, text and line widths"""
    huge = (b"1e38", b"-1e38", b"99999999999999999999999999999999999999", b"nan", b"inf", b"0.00000000000000000001")
    parts = [
        b"q %s 0 0 %s 0 0 cm %s 0 m 0 %s l %s %s l b Q q %s w 0 0 m 9 9 l S Q BT /F %s Tf (x) Tj ET " % (a, b, a, b, b, a, a, b)
        for a in huge
        for b in huge
    ]  # fmt: skip
    return page(b"".join(parts) * count(1_000, scale), FONT)


@bomb
def letters(scale: float) -> bytes:
    """A string of a million letters, a hundred of them"""
    return page((b"BT /F 9 Tf 0 100 Td (" + b"abcdefghi " * count(100_000, scale) + b") Tj ET ") * 100, FONT)


@bomb
def words_near_the_trim(scale: float) -> bytes:
    """300,000 letters near the trim, each by itself"""
    words = b"".join(b"BT /F 4 Tf 10 %d Td (a) Tj ET " % (i % 580) for i in range(1_000))
    return page(words * count(300, scale), FONT)


@bomb
def clip_by_text(scale: float) -> bytes:
    """A hundred thousand letters as a clip, and shapes within it"""
    text = b"BT 7 Tr /F 20 Tf 9 9 Td (abcdefghi) Tj ET 0 0 420 595 re f "
    return page(text * count(100_000, scale), FONT)


@bomb
def big_letters(scale: float) -> bytes:
    """100,000 letters as large as the page"""
    return page(b"1 1 1 0.5 k " + b"BT /F 600 Tf 9 9 Td (W) Tj ET " * count(100_000, scale), FONT)


@bomb
def hairlines(scale: float) -> bytes:
    """300,000 hairlines in RGB, far from one another"""
    lines = b"".join(b"%d %d m %d %d l S " % (i * 7 % 410, i * 11 % 590, i * 7 % 410 + 4, i * 11 % 590) for i in range(10_000))  # fmt: skip
    return page(b"0.05 w 1 0 0 RG " + lines * count(30, scale))


@bomb
def edges(scale: float) -> bytes:
    """200,000 shapes that end at the trim, without bleed"""
    return page(b"0.5 0 0 0 k " + b"9 9 402 577 re f " * count(200_000, scale))


@bomb
def crop_marks(scale: float) -> bytes:
    """300,000 crop marks"""
    return page(b"0 9 m 5 9 l S " * count(300_000, scale))


@bomb
def contents_in_pieces(scale: float) -> bytes:
    """A page's content in a million pieces"""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=A5)
        piece = pdf.make_indirect(Stream(pdf, b"q Q 0 0 1 1 re f "))
        pdf.pages[0].Contents = Array([piece] * count(1_000_000, scale))
        return saved(pdf)
