"""What a page must show and WeasyPrint lays out otherwise: numbers that do not break, rows higher than a page, right to left.

In order: `direction`, `breaks`, `numbers`.
"""
