"""Tests of submissions: `test_check` is of what is reported before anything is built.

Modules without a test of their own name, and the tests that are of them:

    build, consistency, package: test_submission
    counters: test_partners
"""
