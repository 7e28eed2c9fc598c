"""Tests of the writers. What all formats of a document have in common is in `tests/parity` and `tests/golden`.

Modules without a test of their own name, and the tests that are of them:

    charts/*: charts/test_charts
    docx/blocks/*, docx/text/*, docx/writing/*, ooxml: docx/test_blocks, docx/test_text, docx/test_write
    docx/drawing/*: docx/test_chart_parts, docx/test_charts
    docx/formatting/*, docx/look/*: docx/test_look
    docx/package/*: docx/test_write
    docx/tables/*: docx/test_tables
    docx/formatting/direction, right_to_left, pdf/weasyprint/layout/direction: rtl/test_rtl
    html: test_fonts, tests/parity/test_parity
    libraries, pdf/render, pdf/weasyprint/measure: pdf/test_write
    pdf/extent: tests/pipeline/test_fitting
    pdf/weasyprint/layout/*: pdf/weasyprint/layout/test_breaks, test_columns
    pdf/weasyprint/patch: pdf/weasyprint/test_patches
    pdf/weasyprint/speed/*: pdf/weasyprint/speed/test_equal
    pdf/weasyprint/tags/*: pdf/weasyprint/tags/test_tags
    grid, sheets, xlsx/*: test_workbook, xlsx/test_write
"""
