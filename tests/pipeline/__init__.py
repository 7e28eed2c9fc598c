"""Tests of the steps from facts to published files.

Modules without a test of their own name, and the tests that are of them:

    checking, loading: test_hints, test_unreadable
    making, planning: test_publishing, test_others
    preparing: test_unreadable
    rows, wide: test_fitting
    wording: tests/language/test_catalogues
"""
