"""Tests of the command line. `test_hostile` has what nobody should type, `test_terminal` what a person sees.

Modules without a test of their own name, and the tests that are of them:

    build, check, diff, form, list, main, options, press, problems: test_commands
    batch, batch_output: test_terminal, tests/batch/test_run
    complete: test_completion
    editor_schemas: test_schema
    field_words, fields_page: tests/language/test_fields, tests/test_structure
    funder_fields, requirements: tests/submission/test_check
    submit: tests/submission/test_submission
"""
