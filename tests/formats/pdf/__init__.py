"""`test_write.py` has `render` too; `extent` is tested in `tests/pipeline/test_fitting.py`, what a layout may read in `weasyprint/tags/test_tags.py`."""
