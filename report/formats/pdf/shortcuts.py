"""What WeasyPrint works out again and again for the same style, kept: half a thousand times on a page of small tables.

The files come out the same, byte for byte; `tests/formats/pdf/test_shortcuts.py` compares them.
"""

from __future__ import annotations

from typing import Any

from report.formats.pdf import styles

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
_MOST_LETTERS = 2000
"""So many letters are kept, in all their sizes; then all are forgotten."""
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
    _keep_letters()


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

    for module in _modules_with("strut", strut):
        module.strut = kept


def _keep_lengths() -> None:
    """Keep the sides of boxes with their style where none depends on the box around, which most do not."""
    from weasyprint.layout import percent

    resolve = percent.resolve_percentages

    def resolve_kept(box: Any, containing_block: Any) -> None:
        style = box.style
        if (fixed := style.__dict__.get("_fixed")) is None:
            fixed = style._fixed = _fixed(style)
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

    for module in _modules_with("resolve_percentages", resolve):
        module.resolve_percentages = resolve_kept


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


def _keep_letters() -> None:
    """Keep the layout of each letter of a drawing: WeasyPrint lays an SVG text out letter by letter, twice."""
    from weasyprint.svg.text import Style
    from weasyprint.text import line_break

    split = line_break.split_first_line

    class Letter(line_break.Layout):
        def reactivate(self, style: Any) -> None:
            if not hasattr(self, "layout"):
                super().reactivate(style)

    def split_first_line(text: str, style: Any, *more: Any, **options: Any) -> Any:
        if style.__class__ is not Style or not text or len(text) > 1:
            return split(text, style, *more, **options)
        letters = style.font_config.__dict__.setdefault("letters", {})
        said = (style["font_style"], style["font_weight"], style["font_size"], style["direction"])
        key = (text, *style["font_family"], *said)
        if (found := letters.get(key)) is None:
            if len(letters) >= _MOST_LETTERS:
                letters.clear()
            found = letters[key] = split(text, style, *more, **options)
            found[0].__class__ = Letter
        return found

    line_break.split_first_line = split_first_line  # drawings ask for it there, pages have taken it over before


def _modules_with(name: str, value: Any) -> list[Any]:
    """Return the modules of WeasyPrint that have taken a function over by its name."""
    import sys

    return [
        m for key, m in list(sys.modules.items()) if key.startswith("weasyprint") and getattr(m, name, None) is value
    ]
