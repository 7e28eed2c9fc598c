"""Design tokens -> Word's units: twips (1/20 pt), half-points, eighths of a point, RRGGBB."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Mapping

from report.formats.docx.format import Border
from report.values import FontFace, ReportError

TWIPS = {"pt": 20.0, "mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440.0, "px": 15.0}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|mm|cm|in|px)")
_COLOUR = re.compile(r"#([0-9a-fA-F]{6})")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Tokens:
    """The theme's tokens and font roles. A value is a token's name or, as in CSS, a literal."""

    def __init__(self, values: Mapping[str, str], fonts: Iterable[FontFace]):
        self._values = values
        self._families = {face.role: face.family for face in fonts}
        self.twips = functools.cache(self._twips)

    def text(self, value: str) -> str:
        """Return a token's text; raise `ReportError` naming one that the theme lacks."""
        if value in self._values:
            return str(self._values[value]).strip()
        near = difflib.get_close_matches(value, self._values, 1)
        hint = f"did you mean `{near[0]}`?" if near else "write a token's name, or a literal such as 10pt or #0f3d4c"
        raise ReportError.of("docx.token", f"the theme has no token `{value}`", hint=hint)

    def _literal(self, value: str | float, pattern: re.Pattern[str], what: str) -> re.Match[str]:
        text = str(value).strip()
        found = pattern.fullmatch(text) or pattern.fullmatch(self.text(text))
        if found is None:
            raise ReportError.of("docx.token", f"`{value}` is not a {what}: {self.text(text)}")
        return found

    def _twips(self, value: str | float) -> int:
        """Return a length in twips; a bare 0 needs no unit."""
        if str(value) in {"0", "0.0"}:
            return 0
        found = self._literal(value, _LENGTH, "length with a unit")
        return round(float(found[1]) * TWIPS[found[2]])

    def length(self, name: str, default: str) -> int:
        """Return the length of a token that a theme may leave out, in twips."""
        return self.twips(name if name in self._values else default)

    def half_points(self, value: str) -> int:
        """Return a type size in half-points."""
        return max(1, round(self.twips(value) / 10))

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
            return Border(0, "auto")
        if len(parts) not in (2, 3):
            raise ReportError.of("docx.look", f"`{value}` is not a border", hint="write WIDTH COLOUR [SPACE], or none")
        space = min(31, round(self.twips(parts[2]) / 20)) if len(parts) == 3 else 0
        return Border(max(2, round(self.twips(parts[0]) * 8 / 20)), self.colour(parts[1]), space)
