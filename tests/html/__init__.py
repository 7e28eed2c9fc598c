"""Tests of the tree of a document.

Modules without a test of their own name, and the tests that are of them:

    elements, parser, text: test_tree
"""
