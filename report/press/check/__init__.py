"""The preflight: any PDF, checked against what a print shop accepts.

In order, each importing only those before it: `content/`, `inks/`, `rules/`, `merge`, `facts`, `check`, `page_images`.
"""
