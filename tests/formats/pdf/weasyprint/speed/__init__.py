"""`test_equal.py` compares files made with and without the folder: what `derived` and `tree` do is seen there alone."""
