"""Layers of a drawing, as Vega-Lite has them: rows of numbers and words, their mark, and which field is which channel of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Datum = dict[str, Any]
Layer = dict[str, Any]
Channel = Mapping[str, Any]
PIXELS: Channel = {"type": "quantitative", "axis": None, "scale": None}
"""A place on the drawing, in pixels from the left or from the top."""
ANGLE: Channel = {"type": "quantitative", "scale": None}
"""Radians, clockwise from the top."""
AS_IS: Channel = {"type": "nominal", "scale": None}
"""A colour that a row has itself."""


def scale(first: float, last: float, *pixels: float) -> Channel:
    """Return a place by a number between two, which stand at two places in pixels: those of the same numbers where none are given."""
    reach = list(pixels) or [first, last]
    return {"type": "quantitative", "axis": None, "scale": {"domain": [first, last], "range": reach, "nice": False}}


def field(name: str, channel: Channel | None = None) -> Channel:
    """Return a channel that a field of the rows has; an end, such as ``x2``, has the scale of its beginning."""
    return {**(channel or {}), "field": name}


def value(number: float) -> Channel:
    """Return a channel that is the same for all rows, in pixels."""
    return {"value": number}


def layer(kind: str, rows: Iterable[Datum], mark: Mapping[str, Any], **channels: Channel) -> Layer:
    """Return a layer of marks of a kind, one for each row."""
    return {"data": {"values": list(rows)}, "mark": {"type": kind, **mark}, "encoding": channels}


def texts(rows: Iterable[Datum], x: Channel, y: Channel, text: str = "text", colour: str = "", **mark: Any) -> Layer:
    """Return a layer of words, each at the middle of its height; the field `colour` has their colours, if it is named."""
    channels = {"x": x, "y": y, "text": field(text)} | ({"color": field(colour, AS_IS)} if colour else {})
    return layer("text", rows, {"baseline": "middle", **mark}, **channels)
