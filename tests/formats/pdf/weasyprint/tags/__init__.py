"""`test_tags.py` reads the tags of whole files, as all modules of the folder make them together."""
