"""Tests of submissions. `test_submission` is of `build`, `consistency` and `package`, `test_check` of what `build` reports before it builds;
`test_partners` and `tests.profiles` are of `counters`.
"""
