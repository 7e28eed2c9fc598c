"""`test_write.py` has `render` too; `extent` is tested in `tests/pipeline/test_fitting.py`, `fetch` in `weasyprint/tags/test_tags.py`."""
