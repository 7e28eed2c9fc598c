"""Finished PDF files, ours or anybody's: what is measured on them."""
