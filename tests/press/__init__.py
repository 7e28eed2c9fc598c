"""Tests of `report.press`, in its folders.

`bombs/` has files that no limit but a program's own stops, `planted` a clean file with one fault, `pages` files with numbered pages.

Modules without a test of their own name, and the tests that are of them:

    check/*: check/test_check, check/test_rules
    check/content/*: check/test_check, pdf/test_tokens
    check/inks/*: check/test_paint
    impose/*: impose/test_assemble, impose/test_impose
    pdf/*: check/test_check, pdf/test_opening
    produce/*: produce/test_produce
    produce/ink_limit, produce/pixels: produce/test_pictures
    sandbox: test_bombs
"""
