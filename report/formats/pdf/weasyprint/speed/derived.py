"""What WeasyPrint derives from a style again and again, derived once: half a thousand times on a page of small tables.

WeasyPrint's issue 578 is about the time that long documents take; sharing these has not been reported by itself.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import percent
from weasyprint.text import fonts, line_break
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

from report.formats.pdf.weasyprint.patch import replace
from report.formats.pdf.weasyprint.speed import styles

_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_SIDES = ("top", "right", "bottom", "left")
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_LENGTHS = (
    *(f"{what}_{side}" for what in ("margin", "padding") for side in _SIDES),
    *(f"{least}{side}" for least in ("", "min_", "max_") for side in ("width", "height")),
)


def share_contexts() -> None:
    """Make a Pango context and a font description once for a style, not once for every piece of text in it."""
    plain = line_break.Layout.setup

    def setup(self: Any, style: Any) -> None:
        if style["text_decoration_line"] != "none":  # underlined text needs its font's measures
            plain(self, style)
            return
        derived = styles.derived(style)
        if (shared := derived.get("context")) is None:
            shared = derived["context"] = _context(style)
        context, description, features, self.language = shared
        self.style, self.first_line_direction = style, 0
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, description)
        self.ascent = self.underline_position = self.strikethrough_position = None
        if features:  # a list of its own, since more is added to it
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(features))
            pango.pango_layout_set_attributes(self.layout, attributes)
            pango.pango_attr_list_unref(attributes)

    line_break.Layout.setup = setup


def _context(style: Any) -> tuple[Any, Any, bytes, Any]:
    """Return a style's Pango context, font description, features as Pango writes them, and language, as `Layout.setup` makes them."""
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    override, language = style["font_language_override"], pango.pango_language_get_default()
    code = line_break.LST_TO_ISO.get(override.lower(), override) if override != "normal" else style["lang"]
    if code:
        language = pango.pango_language_from_string(unicode_to_char_p(code)[0])
        pango.pango_context_set_language(context, language)
    features = fonts.font_features(*(style[name] for name in _FEATURES))
    written = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    return context, fonts.get_font_description(style), written, language


def share_struts() -> None:
    """Look the height of a line up in its style; WeasyPrint writes sixteen properties into a text to look it up."""
    plain = line_break.strut

    def strut(style: Any) -> Any:
        derived = styles.derived(style)
        if "strut" not in derived:
            derived["strut"] = plain(style)
        return derived["strut"]

    replace("strut", plain, strut)


def share_lengths() -> None:
    """Look the sides of boxes up in their style where none depends on the box around, which most do not."""
    plain = percent.resolve_percentages

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        derived = styles.derived(style)
        if (lengths := derived.get("lengths")) is None:
            lengths = derived["lengths"] = _lengths(style)
        if not lengths:
            plain(box, containing_block)
            return
        sides = box.__dict__
        sides.update(lengths)
        collapse = style["border_collapse"] == "collapse"
        for name in _BORDERS:
            if not (collapse and name in sides):
                sides[name] = style[name]
        if style["box_sizing"] != "content-box":
            percent.adjust_box_sizing(box, "width")
            percent.adjust_box_sizing(box, "height")

    replace("resolve_percentages", plain, resolve_percentages)


def _lengths(style: Any) -> dict[str, Any]:
    """Return the lengths of a style, nothing where one of them is a share or a sum."""
    lengths: dict[str, Any] = {}
    for name in _LENGTHS:
        value = style[name]
        if value is not None and value != "auto":
            if getattr(value, "unit", "%") == "%":
                return {}
            value = value.value
        lengths[name] = 0 if value == "auto" and name in ("min_width", "min_height") else value
    return lengths
