"""Imposed sheets are folded, cut and stacked by arithmetic of their own, and read: every page once, upright, where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.press.impose.impose import Imposed, ImpositionOrder, impose
from tests.press import pages as making
from tests.press.impose import folding
from tests.press.pages import A4, A5, A6, INDENT, MM, made, read

LANDSCAPE = (A4[1], A4[0])


def done(tmp_path: Path, content: bytes, scheme: str, **order: object) -> Imposed:
    path = tmp_path / "pages.pdf"
    path.write_bytes(content)
    return impose(path, ImpositionOrder(scheme, **order))  # type: ignore[arg-type]


@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize("pages", [1, 2, 3, 4, 8, 12, 30, 32])
def test_a_folded_booklet_reads_from_cover_to_cover(pages: int, flip: str, tmp_path: Path) -> None:
    imposed = done(tmp_path, made(pages), "booklet", flip=flip)
    leaves = folding.booklet(read(imposed.content), LANDSCAPE, flip)
    blanks = -pages % 4
    inner = [*range(1, pages), *[None] * blanks, pages] if pages > 1 else [1, None, None, None]
    assert [seen and seen.page for seen in leaves] == inner
    assert (imposed.sheets, imposed.blanks, imposed.paper, imposed.flip) == ((pages + 3) // 4, blanks, "A4", flip)
    for index, seen in enumerate(leaves):
        if seen is None:
            continue
        right = index % 2 == 0  # page 1 is a right page
        assert seen.up == (0, 1) and seen.scale == pytest.approx(1)
        assert seen.x == pytest.approx(INDENT if right else INDENT - A5[0], abs=0.001)
        assert seen.y == pytest.approx(INDENT + (A4[0] - A5[1]) / 2, abs=0.001)


@pytest.mark.parametrize("flip", ["short", "long"])
def test_creep_moves_each_sheet_towards_the_spine(flip: str, tmp_path: Path) -> None:
    creep = 0.13
    imposed = done(tmp_path, made(32), "booklet", creep=creep, flip=flip)
    leaves = folding.booklet(read(imposed.content), LANDSCAPE, flip)
    for index, seen in enumerate(leaves):
        assert seen is not None and seen.page == index + 1
        sheet = min(index // 2, (31 - index) // 2)  # from the outermost, 0
        nominal = INDENT if index % 2 == 0 else INDENT - A5[0]
        towards = (nominal - seen.x) * (1 if index % 2 == 0 else -1)
        assert towards / MM == pytest.approx(sheet * creep, abs=0.0005)


@pytest.mark.parametrize("painted", [0, 1])
def test_the_spine_cuts_off_what_creep_moves_over_it(painted: int, tmp_path: Path) -> None:
    """The ground of a page reaches the spine and no further, on the innermost sheet too, even where its neighbour is empty."""
    import pypdfium2

    def ground(pdf, page, number: int) -> None:
        page.Contents = pdf.make_stream(b"0 0 500 700 re f" if number % 2 == painted else b"")

    imposed = done(tmp_path, made(16, page=ground), "booklet", creep=1)
    document = pypdfium2.PdfDocument(imposed.content)
    for index in (0, 7):
        picture = document[index].render(scale=4).to_pil().convert("L")
        middle, y = picture.width / 2, picture.height // 2
        black = [x for x in range(picture.width) if picture.getpixel((x, y)) < 128]
        edge = min(black) if painted else max(black) + 1
        assert abs(edge - middle) <= 1
    document.close()


def test_sections_are_folded_each_for_itself(tmp_path: Path) -> None:
    imposed = done(tmp_path, made(20), "booklet", sheets_per_section=2, creep=0.1)
    sides = read(imposed.content)
    sections = [sides[0:4], sides[4:8], sides[8:10]]
    leaves = [seen for some in sections for seen in folding.booklet(some, LANDSCAPE, "short")]
    assert [seen and seen.page for seen in leaves] == list(range(1, 21))


@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize(("pages", "paper"), [(16, "A4"), (21, "A4"), (16, "A3"), (40, "297x420mm")])
def test_piles_laid_on_each_other_are_in_order(pages: int, paper: str, flip: str, tmp_path: Path) -> None:
    imposed = done(tmp_path, made(pages, A6), "cut-and-stack", paper=paper, flip=flip)
    width, height = (float(side) * MM for side in imposed.size.removesuffix(" mm").split(" × "))
    columns, rows = int(width // (A6[0] - 1)), int(height // (A6[1] - 1))
    left, top = (width - columns * A6[0]) / 2, (height + rows * A6[1]) / 2
    cells = [(left + c * A6[0], top - (r + 1) * A6[1], *A6) for r in range(rows) for c in range(columns)]
    piles = folding.cut(read(imposed.content), (width, height), flip, cells)
    pieces = [piece for pile in piles for piece in pile]
    faces = [seen for piece in pieces for seen in piece]
    assert [seen.page for seen in faces if seen] == list(range(1, pages + 1))
    assert [bool(seen) for seen in faces] == [True] * pages + [False] * (len(faces) - pages)  # blanks come last
    for seen in faces:
        assert seen is None or (seen.up == (0, 1) and (seen.x, seen.y) == pytest.approx((INDENT, INDENT), abs=0.01))


@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize(("gap", "count"), [(0, 8), (4, 4)])
def test_the_front_of_every_leaflet_meets_its_back(gap: float, count: int, flip: str, tmp_path: Path) -> None:
    small = (74 * MM, 105 * MM)
    imposed = done(tmp_path, made(3, small), "step-and-repeat", paper="A4", gap=gap, flip=flip)
    sides = read(imposed.content)
    width, height = (float(side) * MM for side in imposed.size.removesuffix(" mm").split(" × "))
    assert [{seen.page for seen in side} for side in sides] == [{1}, {2}, {3}, set()] and len(sides[0]) == count
    cells = [(seen.x - INDENT, seen.y - INDENT, *small) for seen in sides[0]]
    for pile in folding.cut(sides, (width, height), flip, cells):
        (front, back), (third, empty) = pile
        assert (front and front.page, back and back.page, third and third.page, empty) == (1, 2, 3, None)
        assert back and back.up == (0, 1) and (back.x, back.y) == pytest.approx((INDENT, INDENT), abs=0.01)


def test_n_up_goes_by_rows_and_is_read_as_the_printer_turns_it(tmp_path: Path) -> None:
    imposed = done(tmp_path, made(7, A5), "n-up", cells=(2, 2), paper="A4", fit=True, gap=4)
    sides = read(imposed.content)
    assert imposed.scale < 0.71 and [len(side) for side in sides] == [4, 3]
    one, two, three, four = sides[0]
    assert [seen.page for seen in sides[1]] == [5, 6, 7]
    assert one.y == two.y > three.y == four.y and one.x == three.x < two.x == four.x
    assert (one.x, one.scale) == pytest.approx((sides[1][0].x, imposed.scale))
    assert two.x - one.x == pytest.approx(A5[0] * imposed.scale + 4 * MM)
    turned = done(tmp_path, made(7, A5), "n-up", cells=(2, 2), paper="A4", fit=True, gap=4, flip="short")
    assert read(turned.content) == sides


def test_one_sided_sheets(tmp_path: Path) -> None:
    for scheme in ("n-up", "cut-and-stack", "step-and-repeat"):
        imposed = done(tmp_path, made(4, A6), scheme, paper="A4", sides=1)
        assert imposed.flip is None and len(read(imposed.content)) == imposed.sheets == {"step-and-repeat": 4}.get(scheme, 1)  # fmt: skip


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    content = made(8, bleed=3 * MM)
    assert done(tmp_path, content, "booklet").content == done(tmp_path, content, "booklet").content


def test_numbers_are_found_where_they_were_put() -> None:
    """What the tests measure with is right about a page that nobody imposed."""
    assert read(made(1, bleed=9)) == [[making.Seen(1, pytest.approx(INDENT + 9), pytest.approx(INDENT + 9), (0, 1), 1.0)]]  # type: ignore[arg-type]  # fmt: skip
