"""Tests of imposing; `layout`, `marks`, `sheet`, `source_page` and `interactive` are tested by whole files in `test_impose`."""
