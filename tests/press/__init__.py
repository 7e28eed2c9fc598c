"""Tests of `report.press`, in its folders.

`bombs/` has files that no limit but a program's own stops, `planted` a clean file with one fault, `pages` files with numbered pages.
`pdf/geometry`, `objects`, `streams`, `samples`, `marks` and `characters` are tested by what uses them, `sandbox` by `test_bombs`.
"""
