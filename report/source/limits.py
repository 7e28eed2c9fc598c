"""What a data file may cost before it is refused. The figures are generous for people and small for a machine."""

MAX_BYTES = 4_000_000
"""Largest data file in bytes: about 80,000 lines."""

MAX_NODES = 400_000
"""Most values in a file, aliases counted as often as they stand (an anchor bomb multiplies them)."""

MAX_DEPTH = 60
"""Deepest nesting of lists and mappings."""
