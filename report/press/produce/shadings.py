"""Shadings in inks (ISO 32000-1, 8.7.4.5): what goes straight from one colour to another goes straight in inks, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from report.press.pdf.functions import function
from report.press.pdf.objects import OddObjectError
from report.press.produce.conversion import Conversion
from report.press.produce.targets import Colour, Target, in_target

Turn = Callable[[Colour], Colour]
"""Turns a colour of the source into one of the print."""
_SAMPLES = 256
_HINT = "use linear-gradient(), radial-gradient() or a picture"


def convert(conversion: Conversion, source: Any, target: Target, resources: Any) -> Any:
    """Convert an axial or radial shading; None, with an error noted, for any other."""
    if int(source.ShadingType) not in (2, 3):
        message = f"a shading of type {int(source.ShadingType)} cannot be printed"
        conversion.problems.error("print.shading", message, _HINT)
        return None
    try:
        space = conversion.spaces.read(source.ColorSpace, resources)
        turned = turned_function(conversion.pdf, source.Function, lambda c: in_target(space, c, target), target.size)
    except OddObjectError as error:
        conversion.problems.error("print.shading", f"a gradient with {error} cannot be printed", _HINT)
        return None
    copied = {key: source[key] for key in ("/ShadingType", "/Coords", "/Domain", "/Extend", "/BBox") if key in source}
    shading = Dictionary({"/ColorSpace": Name(target.space), "/Function": turned, **copied})
    if Name.Background in source:
        shading.Background = Array(in_target(space, tuple(float(part) for part in source.Background), target))
    return conversion.pdf.make_indirect(shading)


def turned_function(pdf: pikepdf.Pdf, source: Any, turn: Turn, size: int) -> Any:
    """Return a function whose colours are turned, with `size` components: an exponential one as it is, any other sampled again."""
    if isinstance(source, Array) and len(source) == 1:
        source = source[0]
    if not isinstance(source, Array):
        kind = int(source.FunctionType)
        if kind == 2 and all(0 <= float(end) <= 1 for end in source.Domain):
            first, last = (
                Array(turn(tuple(float(x) for x in source.get(key, Array([otherwise])))))
                for key, otherwise in ((Name.C0, 0), (Name.C1, 1))
            )
            return Dictionary(FunctionType=2, Domain=source.Domain, N=float(source.N), C0=first, C1=last)
        if kind == 3:
            parts = Array([turned_function(pdf, part, turn, size) for part in source.Functions])
            copied = {key: Array([float(x) for x in source[key]]) for key in ("/Domain", "/Bounds", "/Encode")}
            return Dictionary({"/FunctionType": 3, "/Functions": parts, **copied})
    return _sampled(pdf, source, turn, size)


def _sampled(pdf: pikepdf.Pdf, source: Any, turn: Turn, size: int) -> Any:
    first = source[0] if isinstance(source, Array) else source
    low, high = (float(end) for end in first.Domain)
    values = function(source)
    points = (low + (high - low) * step / (_SAMPLES - 1) for step in range(_SAMPLES))
    data = bytes(round(part * 255) for point in points for part in turn(tuple(values([point]))))
    stream = pikepdf.Stream(pdf, data)
    stream.FunctionType, stream.Domain, stream.Range = 0, Array([low, high]), Array([0, 1] * size)
    stream.Size, stream.BitsPerSample = Array([_SAMPLES]), 8
    return pdf.make_indirect(stream)
