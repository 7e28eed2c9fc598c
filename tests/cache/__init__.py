"""Tests of the cache.

Modules without a test of their own name, and the tests that are of them:

    fingerprint, records, store: test_cache
"""
