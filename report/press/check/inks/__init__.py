"""A page painted as inks, one plane for each: `paint.coverage`.

Modules, each importing only those before it: `canvas`, `coverage`, `gradients`, `images`, `paint`.
"""
