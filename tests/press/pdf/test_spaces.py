"""What the numbers of a colour mean in each of a PDF's colour spaces."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from report.press.pdf.objects import OddObjectError
from report.press.pdf.spaces import Spaces
from tests.press.pdf.test_functions import calculated


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


def test_device_spaces_have_their_kinds_sizes_and_initial_colours() -> None:
    spaces = [Spaces().read(name, None) for name in (Name.DeviceGray, Name.DeviceRGB, Name.DeviceCMYK)]
    assert [(s.kind, s.size, s.initial) for s in spaces] == [
        ("gray", 1, (0,)),
        ("rgb", 3, (0, 0, 0)),
        ("cmyk", 4, (0, 0, 0, 1)),
    ]


def test_the_resources_name_what_stands_for_a_device_s_space(pdf: pikepdf.Pdf) -> None:
    profile = Stream(pdf, b"x" * 200, N=3)
    resources = Dictionary(ColorSpace=Dictionary(DefaultRGB=Array([Name.ICCBased, profile])))
    for space in (Spaces().device("rgb", resources), Spaces().read(Name.DeviceRGB, resources)):
        assert (space.kind, space.name, space.profile) == ("rgb", "ICCBased RGB", b"x" * 200)
    assert Spaces().device("gray", resources).name == "DeviceGray"


def test_a_profile_of_lab_is_no_rgb(pdf: pikepdf.Pdf) -> None:
    space = Spaces().read(Array([Name.ICCBased, Stream(pdf, b"\0" * 16 + b"Lab " + b"\0" * 108, N=3)]), None)
    assert (space.kind, space.name) == ("lab", "ICCBased Lab")


def test_an_index_stands_for_the_nearest_colour_of_its_palette() -> None:
    space = Spaces().read(Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\xff\0\0\0\xff\0\0\0\xff")]), None)
    assert space.entries == 2 and space.base and space.base.name == "DeviceRGB"
    assert [space.entry(index) for index in (0, 1, 9, -1)] == [(1, 0, 0), (0, 1, 0), (0, 1, 0), (1, 0, 0)]
    lab = Spaces().read(Array([Name.Indexed, Array([Name.Lab, Dictionary()]), 0, String(b"\xff\x80\0")]), None)
    assert lab.entry(0) == (100, 0, -128)


def test_a_tint_becomes_a_colour_of_its_alternate_space(pdf: pikepdf.Pdf) -> None:
    tint = calculated(pdf, b"{ % gold\n 0.4 mul 0 exch dup 0 }", 4)
    space = Spaces().read(Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint]), None)
    assert (space.kind, space.name, space.inks, space.initial) == ("tint", "Separation Gold", ("Gold",), (1,))
    assert space.in_alternate([0.5]) == pytest.approx((0, 0.2, 0.2, 0)) and space.alternate


@pytest.mark.parametrize("name", ["Unknown", "Loop"])
def test_what_is_not_there_or_names_itself_is_refused(name: str, pdf: pikepdf.Pdf) -> None:
    loop = pdf.make_indirect(Array([Name.Pattern]))
    loop.append(loop)
    with pytest.raises(OddObjectError):
        Spaces().read(Name(f"/{name}"), Dictionary(ColorSpace=Dictionary(Loop=loop)))
