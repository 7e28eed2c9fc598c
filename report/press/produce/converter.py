"""Convert everything that a page uses, once for each target: forms, patterns, shadings, glyphs, graphics states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from report.press.pdf.objects import OddObjectError
from report.press.produce import content, pictures, shadings
from report.press.produce.backdrop import Rgb
from report.press.produce.conversion import Conversion
from report.press.produce.resources import Resources
from report.press.produce.targets import Luminosity, Target, in_target

_STATE = ("/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/Font", "/FL", "/SM", "/SA", "/AIS", "/TK")
"""What a graphics state keeps; overprinting is ours, halftones and transfer functions the press's (ISO 15930-7, 6.14)."""
_TRANSPARENCY = ("/ca", "/CA", "/BM")
_LUMINOSITY = Luminosity()
_DEPTH = 40


class Converter:
    """Converts the content streams of one file, and what they name."""

    def __init__(self, conversion: Conversion):
        self.conversion, self.pdf = conversion, conversion.pdf
        self._converters = {
            "/XObject": self._xobject,
            "/Pattern": self._pattern,
            "/Shading": self._shading,
            "/Font": self._font,
            "/ExtGState": self._graphics_state,
        }
        self._converted: dict[tuple[Any, ...], tuple[Any, bool]] = {}
        self._depth = 0

    def stream(self, source: Any, resources: Mapping[str, Any], target: Target) -> tuple[bytes, Dictionary]:
        """Return a page's or stream's content in a target, and the resources that it uses."""
        if self._depth > _DEPTH:
            raise OddObjectError("forms are nested too deeply")
        self._depth += 1
        try:
            used = Resources(self.conversion, resources, target, self._converters)
            lines = content.rewrite(pikepdf.parse_content_stream(source), used)
        finally:
            self._depth -= 1
        return pikepdf.unparse_content_stream(lines), used.converted

    def _xobject(self, source: Any, target: Target, resources: Any, backdrop: Rgb | None = None) -> Any:
        """Convert a form or a picture; `backdrop` is the colour below a picture that has to be opaque."""
        if source.get(Name.Subtype) != Name.Image:
            return self._once(source, target, lambda: self._form(source, target, resources))
        below = backdrop if self.conversion.opaque and Name.SMask in source else None
        return self._once(
            source, target, lambda: pictures.convert(self.conversion, source, target, resources, below), below
        )

    def _form(self, source: Any, target: Target, resources: Any) -> Any:
        data, used = self.stream(source, source.get(Name.Resources, resources), target)
        form = Stream(self.pdf, data, Type=Name.XObject, Subtype=Name.Form, BBox=source.BBox, Resources=used)
        if Name.Matrix in source:
            form.Matrix = source.Matrix
        group = source.get(Name.Group)
        if group is not None and not self.conversion.opaque:
            self.conversion.transparent = True
            copied = {key: group[key] for key in ("/I", "/K") if key in group}
            form.Group = Dictionary({"/S": Name.Transparency, "/CS": Name(target.space), **copied})
        return self.pdf.make_indirect(form)

    def _pattern(self, source: Any, target: Target, resources: Any) -> Any:
        """Convert a tiling or shading pattern (ISO 32000-1, 8.7)."""
        return self._once(source, target, lambda: self._new_pattern(source, target, resources))

    def _new_pattern(self, source: Any, target: Target, resources: Any) -> Any:
        matrix = {"/Matrix": source.Matrix} if Name.Matrix in source else {}
        if int(source.PatternType) == 2:
            shading = self._shading(source.Shading, target, resources)
            return shading and self.pdf.make_indirect(Dictionary({"/PatternType": 2, "/Shading": shading, **matrix}))
        data, used = self.stream(source, source.get(Name.Resources, resources), target)
        copied = {key: source[key] for key in ("/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep")}
        pattern = {"/Type": Name.Pattern, "/PatternType": 1, "/Resources": used, **copied, **matrix}
        return self.pdf.make_indirect(Stream(self.pdf, data, Dictionary(pattern)))

    def _shading(self, source: Any, target: Target, resources: Any) -> Any:
        return self._once(source, target, lambda: shadings.convert(self.conversion, source, target, resources))

    def _font(self, source: Any, target: Target, resources: Any) -> Any:
        """Return a font as it is; the glyphs of a Type 3 font are drawings, and are converted."""
        if source.get(Name.Subtype) != Name.Type3:
            return source
        return self._once(source, target, lambda: self._type3(source, target, resources))

    def _type3(self, source: Any, target: Target, resources: Any) -> Any:
        own, glyphs = source.get(Name.Resources, resources), {}
        used: dict[str, dict[str, Any]] = {}
        for name, glyph in source.CharProcs.items():
            data, of_glyph = self.stream(glyph, own, target)
            glyphs[name] = self.pdf.make_indirect(Stream(self.pdf, data))
            for kind, named in of_glyph.items():
                used.setdefault(kind, {}).update(dict(named.items()))
        font = Dictionary(dict(source.items()))
        font.CharProcs = Dictionary(glyphs)
        font.Resources = Dictionary({kind: Dictionary(named) for kind, named in sorted(used.items())})
        return self.pdf.make_indirect(font)

    def _graphics_state(self, source: Any, target: Target, resources: Any) -> Any:
        """Convert a graphics state; None where nothing is left of it."""
        copied = {key: source[key] for key in _STATE if key in source}
        if not self.conversion.opaque:
            copied |= {key: source[key] for key in _TRANSPARENCY if key in source}
            if Name.SMask in source:
                copied["/SMask"] = self._soft_mask(source.SMask, target)
        return Dictionary({"/Type": Name.ExtGState, **copied}) if copied else None

    def _soft_mask(self, source: Any, target: Target) -> Any:
        """Convert a soft mask (ISO 32000-1, 11.6.5.2): one of luminosity is gray, or inks would change what it lets through."""
        if not isinstance(source, Dictionary):
            return source
        light = Name.Luminosity == source.S
        mask = Dictionary(Type=Name.Mask, S=source.S, G=self._xobject(source.G, _LUMINOSITY if light else target, {}))
        if Name.TR in source:
            mask.TR = source.TR
        if light and Name.BC in source:
            space = self.conversion.spaces.read(source.G.Group.get(Name.CS, Name.DeviceGray), {})
            mask.BC = Array(in_target(space, tuple(float(part) for part in source.BC), _LUMINOSITY))
        return mask

    def _once(self, source: Any, target: Target, convert: Callable[[], Any], backdrop: Rgb | None = None) -> Any:
        """Convert an object once for each target and backdrop, and know again whether it is transparent."""
        key = (source.objgen, target.space, backdrop)
        conversion = self.conversion
        if not source.is_indirect:
            return convert()
        if key not in self._converted:
            before, conversion.transparent = conversion.transparent, False
            self._converted[key] = convert(), conversion.transparent
            conversion.transparent = before
        converted, transparent = self._converted[key]
        conversion.transparent |= transparent
        return converted
