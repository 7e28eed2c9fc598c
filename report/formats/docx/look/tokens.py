"""Design tokens -> what Word can say: lengths in whole twips, type sizes in half-points, colours as RRGGBB."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Mapping

from report.formats.docx.formatting.values import Border
from report.values import FontFace, ReportError
from report.values.length import EMU_PER_UNIT, ZERO, Length, eighths, half_points, points, twips

MAX_BORDER_SPACE = points(31)
"""The largest distance between text and border that 17.3.4 allows."""
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|mm|cm|in|px)")
_COLOUR = re.compile(r"#([0-9a-fA-F]{6})")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TWIP = twips(1).emu


class Tokens:
    """The theme's tokens and font roles. A value is a token's name or, as in CSS, a literal."""

    def __init__(self, values: Mapping[str, str], fonts: Iterable[FontFace]):
        self._values = values
        self._families = {face.role: face.family for face in fonts}
        self.length = functools.cache(self._length)

    def text(self, value: str) -> str:
        """Return a token's text; raise `ReportError` naming one that the theme lacks."""
        if value in self._values:
            return str(self._values[value]).strip()
        near = difflib.get_close_matches(value, self._values, 1)
        hint = f"did you mean `{near[0]}`?" if near else "write a token's name, or a literal such as 10pt or #0f3d4c"
        raise ReportError.of("docx.token", f"the theme has no token `{value}`", hint=hint)

    def _literal(self, value: str | float, pattern: re.Pattern[str], what: str) -> re.Match[str]:
        text = str(value).strip()
        match = pattern.fullmatch(text) or pattern.fullmatch(self.text(text))
        if match is None:
            raise ReportError.of("docx.token", f"`{value}` is not a {what}: {self.text(text)}")
        return match

    def _length(self, value: str | float) -> Length:
        """Return a length in whole twips; a bare 0 needs no unit."""
        if str(value) in {"0", "0.0"}:
            return ZERO
        match = self._literal(value, _LENGTH, "length with a unit")
        return twips(float(match[1]) * EMU_PER_UNIT[match[2]] / _TWIP)

    def optional_length(self, value: str | float | None) -> Length | None:
        return None if value is None else self.length(value)

    def length_or(self, name: str, default: str) -> Length:
        """Return the length of a token that a theme may leave out."""
        return self.length(name if name in self._values else default)

    def type_size(self, value: str) -> Length:
        """Return a type size in half-points."""
        return half_points(max(1, self.length(value).half_points))

    def colour(self, value: str) -> str:
        """Return a colour as RRGGBB."""
        return self._literal(value, _COLOUR, "colour such as #0f3d4c")[1].upper()

    def family(self, role: str) -> str:
        """Return the family that plays `role`."""
        if role not in self._families:
            known = ", ".join(sorted(self._families)) or "none"
            raise ReportError.of("docx.font", f"the theme has no font for the role `{role}`", hint=f"it has: {known}")
        return self._families[role]

    def has_role(self, role: str) -> bool:
        return role in self._families

    def is_factor(self, value: str | float) -> bool:
        """Tell whether a line height is a bare factor of the type size."""
        text = str(value).strip()
        return bool(_NUMBER.fullmatch(self._values.get(text, text).strip()))

    def factor(self, value: str | float) -> float:
        """Return a bare number."""
        return float(self._literal(value, _NUMBER, "number")[0])

    def border(self, value: str) -> Border:
        """Read ``0.5pt colour-line`` or ``0.5pt colour-line 4pt`` (space to the text) or ``none``."""
        parts = value.split()
        if value == "none":
            return Border(ZERO, "auto")
        if len(parts) not in (2, 3):
            raise ReportError.of("docx.look", f"`{value}` is not a border", hint="write WIDTH COLOUR [SPACE], or none")
        space = points(round(self.length(parts[2]).points)) if len(parts) == 3 else ZERO
        return Border(
            eighths(max(2, self.length(parts[0]).eighths)), self.colour(parts[1]), min(MAX_BORDER_SPACE, space)
        )
