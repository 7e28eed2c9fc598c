"""Tests of the isolated reading: `test_run` is of all modules, which only work together."""
