"""Everything that a page is made of, converted once for each tone: forms, patterns, shadings, glyphs, graphics states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from report.press.pdf.objects import OddObjectError
from report.press.produce import content, functions, pictures, spaces
from report.press.produce.backdrop import Rgb
from report.press.produce.faults import Faults
from report.press.produce.resources import Desk
from report.press.produce.targets import Lightness, Press, Tone

_STATE = ("/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/Font", "/FL", "/SM", "/SA", "/AIS", "/TK")
"""What a graphics state keeps; overprinting is ours, halftones and transfer functions the press's (ISO 15930-7, 6.14)."""
_SEEN_THROUGH = ("/ca", "/CA", "/BM")
_GREY = Lightness()
_DEEP = 40


class Walk:
    """One pass through a file. `flat` says that the standard knows no transparency (PDF/X-1a).

    `transparent` says whether the page that is worked on has any. `shares` says of pictures that are too fine, by the numbers
    of their objects, what share of their pixels each way is kept.
    """

    def __init__(self, pdf: pikepdf.Pdf, press: Press, faults: Faults, flat: bool):
        self.pdf, self.press, self.faults, self.flat = pdf, press, faults, flat
        self.transparent = False
        self.shares: Mapping[tuple[int, int], float] = {}
        self._made: dict[tuple[Any, ...], tuple[Any, bool]] = {}
        self._deep = 0

    def stream(self, source: Any, resources: Mapping[str, Any], tone: Tone) -> tuple[bytes, Dictionary]:
        """Return a page's or stream's content in a tone, and the resources that it uses."""
        if self._deep > _DEEP:
            raise OddObjectError("forms are nested too deeply")
        self._deep += 1
        try:
            desk = Desk(self, resources, tone)
            lines = content.rewrite(pikepdf.parse_content_stream(source), desk)
        finally:
            self._deep -= 1
        return pikepdf.unparse_content_stream(lines), desk.printed

    def transparency(self, what: str) -> None:
        """Note that the page has transparency, which PDF/X-1a does not allow."""
        self.transparent = True
        if self.flat:
            message = f"{what}: PDF/X-1a has no transparency"
            hint = "use a colour without transparency, or ask for PDF/X-4"
            self.faults.error("print.transparency", message, hint)

    def xobject(self, source: Any, tone: Tone, resources: Any, ground: Rgb | None = None) -> Any:
        """Convert a form or a picture; `ground` is the colour below a picture that has to be opaque."""
        if source.get(Name.Subtype) == Name.Image:
            on = ground if self.flat and Name.SMask in source else None
            return self._once(source, tone, lambda: pictures.convert(self, source, tone, resources, on), on)
        return self._once(source, tone, lambda: self._form(source, tone, resources))

    def _form(self, source: Any, tone: Tone, resources: Any) -> Any:
        data, printed = self.stream(source, source.get(Name.Resources, resources), tone)
        form = Stream(self.pdf, data, Type=Name.XObject, Subtype=Name.Form, BBox=source.BBox, Resources=printed)
        if Name.Matrix in source:
            form.Matrix = source.Matrix
        group = source.get(Name.Group)
        if group is not None and not self.flat:
            self.transparent = True
            kept = {key: group[key] for key in ("/I", "/K") if key in group}
            form.Group = Dictionary({"/S": Name.Transparency, "/CS": Name(tone.space), **kept})
        return self.pdf.make_indirect(form)

    def pattern(self, source: Any, tone: Tone, resources: Any) -> Any:
        """Convert a tiling or shading pattern (ISO 32000-1, 8.7)."""
        return self._once(source, tone, lambda: self._pattern(source, tone, resources))

    def _pattern(self, source: Any, tone: Tone, resources: Any) -> Any:
        matrix = {"/Matrix": source.Matrix} if Name.Matrix in source else {}
        if int(source.PatternType) == 2:
            shading = self.shading(source.Shading, tone, resources)
            return shading and self.pdf.make_indirect(Dictionary({"/PatternType": 2, "/Shading": shading, **matrix}))
        data, printed = self.stream(source, source.get(Name.Resources, resources), tone)
        kept = {key: source[key] for key in ("/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep")}
        made = {"/Type": Name.Pattern, "/PatternType": 1, "/Resources": printed, **kept, **matrix}
        return self.pdf.make_indirect(Stream(self.pdf, data, Dictionary(made)))

    def shading(self, source: Any, tone: Tone, resources: Any) -> Any:
        """Convert a shading: axial and radial ones (ISO 32000-1, 8.7.4.5); others are an error."""
        return self._once(source, tone, lambda: self._shading(source, tone, resources))

    def _shading(self, source: Any, tone: Tone, resources: Any) -> Any:
        hint = "use linear-gradient(), radial-gradient() or a picture"
        if int(source.ShadingType) not in (2, 3):
            self.faults.error("print.shading", f"a shading of type {int(source.ShadingType)} cannot be printed", hint)
            return None
        try:
            space = spaces.read(source.ColorSpace, resources)
            function = functions.turned(self.pdf, source.Function, lambda c: space.turn(c, tone), tone.size)
        except functions.Unknown as error:
            self.faults.error("print.shading", f"a gradient with {error} cannot be printed", hint)
            return None
        kept = {key: source[key] for key in ("/ShadingType", "/Coords", "/Domain", "/Extend", "/BBox") if key in source}
        made = Dictionary({"/ColorSpace": Name(tone.space), "/Function": function, **kept})
        if Name.Background in source:
            made.Background = Array(space.turn(tuple(float(part) for part in source.Background), tone))
        return self.pdf.make_indirect(made)

    def font(self, source: Any, tone: Tone, resources: Any) -> Any:
        """Return a font as it is; the glyphs of a Type 3 font are drawings, and are converted."""
        if source.get(Name.Subtype) != Name.Type3:
            return source
        return self._once(source, tone, lambda: self._drawn_font(source, tone, resources))

    def _drawn_font(self, source: Any, tone: Tone, resources: Any) -> Any:
        own, glyphs, printed = source.get(Name.Resources, resources), {}, {}
        for name, glyph in source.CharProcs.items():
            data, used = self.stream(glyph, own, tone)
            glyphs[name] = self.pdf.make_indirect(Stream(self.pdf, data))
            for kind, named in used.items():
                printed.setdefault(kind, {}).update(dict(named.items()))
        made = Dictionary(dict(source.items()))
        made.CharProcs = Dictionary(glyphs)
        made.Resources = Dictionary({kind: Dictionary(named) for kind, named in sorted(printed.items())})
        return self.pdf.make_indirect(made)

    def graphics_state(self, source: Any, tone: Tone, resources: Any) -> Any:
        """Convert a graphics state; None where nothing is left of it."""
        kept = {key: source[key] for key in _STATE if key in source}
        if not self.flat:
            kept |= {key: source[key] for key in _SEEN_THROUGH if key in source}
            if Name.SMask in source:
                kept["/SMask"] = self._soft_mask(source.SMask, tone)
        return Dictionary({"/Type": Name.ExtGState, **kept}) if kept else None

    def _soft_mask(self, source: Any, tone: Tone) -> Any:
        """Convert a soft mask (ISO 32000-1, 11.6.5.2): one of luminosity is grey, or inks would change what it lets through."""
        if not isinstance(source, Dictionary):
            return source
        light = Name.Luminosity == source.S
        made = Dictionary(Type=Name.Mask, S=source.S, G=self.xobject(source.G, _GREY if light else tone, {}))
        if Name.TR in source:
            made.TR = source.TR
        if light and Name.BC in source:
            space = spaces.read(source.G.Group.get(Name.CS, Name.DeviceGray), {})
            made.BC = Array(space.turn(tuple(float(part) for part in source.BC), _GREY))
        return made

    def inline(self, source: Any, tone: Tone, resources: Any) -> Any:
        """Convert a picture that stands inside a content stream (ISO 32000-1, 8.9.7)."""
        return pictures.convert(self, pictures.standing_alone(self.pdf, source), tone, resources)

    def _once(self, source: Any, tone: Tone, make: Callable[[], Any], ground: Rgb | None = None) -> Any:
        """Make a converted object once for each tone and ground, and know again whether it is transparent."""
        key = (source.objgen, tone.space, ground)
        if not source.is_indirect:
            return make()
        if key not in self._made:
            before, self.transparent = self.transparent, False
            self._made[key] = make(), self.transparent
            self.transparent = before
        made, transparent = self._made[key]
        self.transparent |= transparent
        return made
