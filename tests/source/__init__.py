"""Tests of files to plain values.

Modules without a test of their own name, and the tests that are of them:

    caching, limits, plain, sourcefile, spaces, syntax, text, yamlfile: test_files
    lookalikes: test_invisible
    sources: tests/preview/test_pages
    suggest: tests/model/test_planted
    patch/*: patch/test_proving, patch/test_random_changes
    tables/*: tables/test_csv, tables/test_workbooks
"""
