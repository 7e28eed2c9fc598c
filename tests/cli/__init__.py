"""Tests of the command line. `test_commands` is of the commands that have no test of their own, of `options` and of `problems`; `test_terminal` and
`tests/batch/test_run.py` are of `batch` and `batch_output`.
"""
