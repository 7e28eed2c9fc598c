"""Tests of composing: what documents of each kind say, and what is told instead of being printed.

Modules without a test of their own name, and the tests that are of them:

    attached, compose, fitting, templates/origins: test_pages
    charts/*: test_charts
    checks/candidates, checks/printed: test_omissions
    checks/draft: test_leaks, test_omissions
    checks/picture_files: test_pictures
    checks/plausibility: test_reading, test_validity
    checks/rules, checks/verify: test_empty, test_pages
    marks/*: tests/formats/charts/test_marks
    trace: tests/preview/test_pages
    templates/*: test_sandbox, test_templates
    tree/*: test_trim
    views/context, views/notes: test_citations, test_rendering
    workbooks/*: tests/formats/test_workbook
"""
