"""Tests of facts that the program begins and changes.

Modules without a test of their own name, and the tests that are of them:

    opened: test_editor, test_kills
"""
