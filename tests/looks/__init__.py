"""Tests of looks.

Modules without a test of their own name, and the tests that are of them:

    glyphs: tests/formats/test_fonts
    kinds: tests/compose/test_pages
    printing, running, theme, theme_file, unused_tokens: test_inks, test_panels, test_style_sheets
"""
