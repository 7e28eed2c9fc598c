"""Tests of words, dates and numbers.

Modules without a test of their own name, and the tests that are of them:

    direction: tests/formats/rtl/test_rtl
    fallback, labels, po_files, related: test_catalogues
"""
