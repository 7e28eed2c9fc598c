"""`direction` is tested in `tests/formats/rtl`, `numbers` in `tests/formats/test_columns.py` and `test_tables_alike.py`."""
