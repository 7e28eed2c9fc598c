"""Tests of the preview.

Modules without a test of their own name, and the tests that are of them:

    requests: test_pages
    worker: test_process
"""
