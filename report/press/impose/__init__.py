"""Imposition: pages of any PDF arranged on sheets, so that what is printed can be folded, stacked and cut."""
