"""ICC profiles of matrix and curve (ICC.1:2001-04, 6.3.1 and 6.3.2), written by hand, and what their colours are in sRGB."""

from __future__ import annotations

import struct
from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
PROPHOTO = ((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03134, 0.00009, 0.82491))
P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
"""The colorants of RGB spaces, as XYZ against D50."""


def rgb(colorants: Matrix, gamma: float) -> bytes:
    """Return the profile of an RGB space."""
    tags = {b"wtpt": _xyz((0.9642, 1.0, 0.8249))}
    for name, colorant in zip((b"r", b"g", b"b"), colorants, strict=True):
        tags |= {name + b"XYZ": _xyz(colorant), name + b"TRC": _gamma(gamma)}
    return _profile(b"RGB ", tags)


def grey(gamma: float) -> bytes:
    """Return the profile of a grey space."""
    return _profile(b"GRAY", {b"wtpt": _xyz((0.9642, 1.0, 0.8249)), b"kTRC": _gamma(gamma)})


def in_srgb(colour: Sequence[int], colorants: Matrix, gamma: float) -> tuple[int, ...]:
    """Return a colour of an RGB space in sRGB, worked out by hand."""
    linear = [(part / 255) ** gamma for part in colour]
    xyz = [sum(part * colorant[axis] for part, colorant in zip(linear, colorants, strict=True)) for axis in range(3)]
    return tuple(_encoded(part) for part in _solved(SRGB, xyz))


def grey_in_srgb(level: int, gamma: float) -> int:
    """Return a level of grey in sRGB, worked out by hand."""
    return _encoded((level / 255) ** gamma)


def _encoded(linear: float) -> int:
    linear = min(1.0, max(0.0, linear))
    return round(255 * (12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055))


def _solved(columns: Matrix, right: Sequence[float]) -> list[float]:
    """Solve three equations by Cramer's rule."""
    whole = _determinant(columns)
    return [_determinant([right if n == at else column for n, column in enumerate(columns)]) / whole for at in range(3)]


def _determinant(columns: Matrix) -> float:
    (a, b, c), (d, e, f), (g, h, i) = columns
    return a * (e * i - f * h) - d * (b * i - c * h) + g * (b * f - c * e)


def _profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {b"desc": _described(b"test"), b"cprt": b"text\0\0\0\0none\0\0\0\0", **tags}
    table, body, place = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, place + len(body), len(content))
        body += content
    head = struct.pack(">I4sI4s4s4s", place + len(body), b"lcms", 0x02400000, b"mntr", space, b"XYZ ")
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head + bytes(128 - len(head)) + table + body


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _gamma(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def _described(text: bytes) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" + bytes(12 + 67)
