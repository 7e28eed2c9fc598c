"""Tests of the cache: `test_cache` is of all modules."""
