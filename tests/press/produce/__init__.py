"""Tests of producing; `conversion`, `converter`, `resources`, `pixels`, `ink_limit`, `marks` and `resolutions` are tested by whole files in these.

`test_flat` has PDF/X-1a, whose soft masks are flattened, and `test_hostile` sources that are damaged.
"""
