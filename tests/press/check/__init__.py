"""Tests of the check: `test_check` (hostile files), `test_document`, `test_facts`, `test_paint` and `test_rules` have a module of their name.

The rest of `content/`, `inks/` and `rules/`, `merge` and `page_images` are tested by whole files in these, and by the command's tests.
"""
