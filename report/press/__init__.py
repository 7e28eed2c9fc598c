"""Finished PDF files, ours or anybody's: measured, checked for print, turned into PDF/X, and imposed.

In order, each importing only those before it: `pdf/`, then `check/`, `produce/` and `impose/`, which do not import one another; `measure`, `sandbox`.
"""
