"""Tests of the isolated reading, whose modules only work together.

Modules without a test of their own name, and the tests that are of them:

    bounds, child, limits, memory, messages, reader: test_run
"""
