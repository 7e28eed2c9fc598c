"""Tests of funders' forms. `test_reproducible` fills the same form at two times; `test_valid` holds filled forms before a judge.

Modules without a test of their own name, and the tests that are of them:

    answers/*, pictures, word/text: test_fill
    suggestions: test_form_map
    fields/*, word/form, word/text_boxes: test_fields
    word/field_codes: test_safety
    rich_content: test_template
"""
