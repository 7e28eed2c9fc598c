"""The structure tree of a PDF (ISO 14289-1): `builder` while WeasyPrint builds it, the others once it is finished.

In order: `tree`, `fragments`, `repair`, `finish`; `builder` stands beside them.
"""
