"""Tests of funders' forms. `test_fill` is of `answers/`, `pictures` and `word/text`, too; `test_form_map` of `suggestions`, `test_fields` of
all in `fields/` but `controls` and of `word/text_boxes`, `test_safety` of `word/field_codes`, `test_template` of `rich_content`.

`test_reproducible` fills the same form at two times; `test_valid` holds filled forms before a judge.
"""
