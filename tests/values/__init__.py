"""Tests of the values that pass between the steps. Those without logic are tested by who uses them.

Modules without a test of their own name, and the tests that are of them:

    documents, problems, record: tests/pipeline/test_publishing
    drawings: tests/compose/test_charts
    length: tests/formats/docx/test_blocks
    look: tests/looks/test_inks
    printing: tests/press/test_brochures
    required: tests/test_optimised
    workbook: tests/formats/test_workbook
"""
