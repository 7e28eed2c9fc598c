"""All that depends on the private parts of WeasyPrint, pydyf and tinyhtml5, which a release may change.

`CORRECTIONS` make a PDF what it must be and are always in place; `SPEED_UPS` change no byte of it, and are left out where the variable
`REPORT_PLAIN_WEASYPRINT` is ``1``, or names them, separated by commas. What a release has changed is left as it is: a speed-up silently,
a correction with a warning (`outdated`). Nothing outside this folder uses names of theirs that begin with an underscore.

In order: `patch`, `measure` and `png`, `layout`, `tags`, `speed`.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator

from report.formats.pdf.weasyprint.patch import Patch
from report.values import Problem, Severity

VARIABLE = "REPORT_PLAIN_WEASYPRINT"
VERSION = "70.0"
"""The WeasyPrint that the patches were written for."""
CORRECTIONS = (
    Patch("png", f"{__name__}.png:install", {
        "weasyprint.images:RasterImage.__init__": "self pillow_image image_id image_data filename cache orientation options",
        "weasyprint.images:RasterImage.get_x_object": "self interpolate dpi_ratio",
    }),
    Patch("numbers", f"{__name__}.layout.numbers:install", {
        "weasyprint.layout.table:table_wrapper_width": "context wrapper containing_block",
        "weasyprint.text.line_break:split_first_line": "text style context max_width justification_spacing is_line_start minimum",
    }),
    Patch("breaks", f"{__name__}.layout.breaks:install", {
        "weasyprint.layout.block:block_container_layout": "context box bottom_space skip_stack page_is_empty absolute_boxes fixed_boxes adjoining_margins first_letter_style first_line_style discard max_lines",
        "weasyprint.layout.grid:grid_layout": "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes fixed_boxes",
    }),
    Patch("direction", f"{__name__}.layout.direction:install", {"weasyprint.svg.text:text": "svg node font_size"}),
    Patch("tags", f"{__name__}.tags.builder:install", {"weasyprint.pdf.tags:_build_box_tree": "box parent pdf page_number nums annotations tags"}),
)  # fmt: skip
SPEED_UPS = (
    Patch("tree", f"{__name__}.speed.tree:install", {"weasyprint:HTML.__init__": "5192c9881ab3126c"}),
    Patch("styles", f"{__name__}.speed.styles:install", {
        "weasyprint.css:ComputedStyle.__init__": "9eb1408056abeed5",
        "weasyprint.css:ComputedStyle.__missing__": "b63779545f976081",
        "weasyprint.css:ComputedStyle.copy": "90e6ce693678a851",
        "weasyprint.css:AnonymousStyle.__init__": "094b271d1d1e5f3a",
        "weasyprint.css:AnonymousStyle.__missing__": "ea3974fea081b064",
        "weasyprint.css:AnonymousStyle.copy": "ed995c2a8607b754",
        "weasyprint.css:StyleFor.__init__": "d15b963b59caf3ee",
        "weasyprint.css:StyleFor.set_computed_styles": "5cb8f2bf7461c1ec",
        "weasyprint.css:find_style_attributes": "dfa48981e1d5382b",
    }),
    Patch("contexts", f"{__name__}.speed.derived:share_contexts", {
        "weasyprint.text.line_break:Layout.setup": "97d605ad9767d73e",
        "weasyprint.text.fonts:get_font_description": "be554c07a53fc092",
    }),
    Patch("struts", f"{__name__}.speed.derived:share_struts", {"weasyprint.text.line_break:strut": "e0631a4e87ce02c2"}),
    Patch("lengths", f"{__name__}.speed.derived:share_lengths", {
        "weasyprint.layout.percent:resolve_percentages": "92016b948f740deb",
        "weasyprint.layout.percent:adjust_box_sizing": "a0415df952b1b7b4",
    }),
    Patch("objects", f"{__name__}.speed.objects:install", {"pydyf:PDF.write": "ee8ac44b44ae1b60"}),
)  # fmt: skip
PARSER = (
    Patch("patterns", f"{__name__}.speed.patterns:install", {"tinyhtml5.inputstream:HTMLUnicodeInputStream.chars_until": "56c72bc5db2f8e29"}),
)  # fmt: skip
"""Speed-ups of parsing, which comes before WeasyPrint is loaded, and where it is not."""


@functools.cache
def install() -> frozenset[str]:
    """Put the patches in place, once per process, and return the names of those that are."""
    return _apply((*CORRECTIONS, *_chosen(SPEED_UPS))) | install_parser()


@functools.cache
def install_parser() -> frozenset[str]:
    """Put those of the parser in place, once per process, and return their names."""
    return _apply(_chosen(PARSER))


def _chosen(patches: Iterable[Patch]) -> Iterator[Patch]:
    left_out = os.environ.get(VARIABLE, "")
    return (patch for patch in patches if left_out != "1" and patch.name not in left_out.split(","))


def _apply(patches: Iterable[Patch]) -> frozenset[str]:
    fitting = [patch for patch in patches if patch.fits()]
    for patch in fitting:
        patch.apply()
    return frozenset(patch.name for patch in fitting)


def outdated() -> Iterator[Problem]:
    """Yield a warning for each correction that the installed WeasyPrint does not take."""
    for patch in CORRECTIONS:
        if patch.name not in install():
            message = (
                f"the correction “{patch.name}” does not fit the installed WeasyPrint, and the PDF is made without it"
            )
            hint = f"install weasyprint {VERSION}, or check this PDF with a validator and by eye"
            yield Problem(Severity.WARNING, "pdf.weasyprint", message, None, hint)
