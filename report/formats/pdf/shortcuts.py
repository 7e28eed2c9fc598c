"""What WeasyPrint works out again and again for the same style, kept: half a thousand times on a page of small tables.

The files come out the same, byte for byte; `tests/formats/pdf/test_shortcuts.py` compares them.
"""

from __future__ import annotations

from typing import Any

from report.formats.pdf import lines, styles
from report.formats.pdf.patch import patch

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
_DONE: list[bool] = []


def install() -> None:
    """Put the shortcuts in place, once per process."""
    if _DONE:
        return
    _DONE.append(True)
    styles.install()
    _share_contexts()
    _keep_struts()
    _keep_lengths()
    lines.install()


def _share_contexts() -> None:
    """Make a Pango context and a font description once for a style, not once for every piece of text in it."""
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, gobject, pango

    set_up = line_break.Layout.setup

    def setup(self: Any, style: Any) -> None:
        if style["text_decoration_line"] != "none":  # underlined text needs its font's measures
            set_up(self, style)
            return
        kept = styles.made(style)
        if (shared := kept.get("context")) is None:
            shared = kept["context"] = _shared(style)
        context, described, features, self.language = shared
        self.style, self.first_line_direction = style, 0
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, described)
        self.ascent = self.underline_position = self.strikethrough_position = None
        if features:  # a list of its own, since more is added to it
            listed = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(listed, pango.pango_attr_font_features_new(features))
            pango.pango_layout_set_attributes(self.layout, listed)
            pango.pango_attr_list_unref(listed)

    line_break.Layout.setup = setup


def _shared(style: Any) -> tuple[Any, Any, Any, Any]:
    """Return a style's Pango context, font description, features as Pango writes them, and language, as `Layout.setup` makes them."""
    from weasyprint.text import fonts, line_break
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

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


def _keep_struts() -> None:
    """Keep the height of a line with its style: to look it up, WeasyPrint writes sixteen properties into a text."""
    from weasyprint.text import line_break

    strut = line_break.strut

    def kept(style: Any) -> Any:
        kept = styles.made(style)
        if (found := kept.get("strut")) is None:
            found = kept["strut"] = strut(style)
        return found

    patch("strut", strut, kept)


def _keep_lengths() -> None:
    """Keep the sides of boxes with their style where none depends on the box around, which most do not."""
    from weasyprint.layout import percent

    resolve = percent.resolve_percentages

    def resolve_kept(box: Any, containing_block: Any) -> None:
        style = box.style
        kept = styles.made(style)
        if (fixed := kept.get("fixed")) is None:
            fixed = kept["fixed"] = _fixed(style)
        if not fixed:
            resolve(box, containing_block)
            return
        sides = box.__dict__
        sides.update(fixed)
        collapse = style["border_collapse"] == "collapse"
        for name in _BORDERS:
            if not (collapse and name in sides):
                sides[name] = style[name]
        if style["box_sizing"] != "content-box":
            percent.adjust_box_sizing(box, "width")
            percent.adjust_box_sizing(box, "height")

    patch("resolve_percentages", resolve, resolve_kept)


def _fixed(style: Any) -> dict[str, Any]:
    """Return the lengths of a style, nothing where one of them is a share or a sum."""
    found: dict[str, Any] = {}
    for name in _LENGTHS:
        value = style[name]
        if value is not None and value != "auto":
            if getattr(value, "unit", "%") == "%":
                return {}
            value = value.value
        found[name] = 0 if value == "auto" and name in ("min_width", "min_height") else value
    return found
