"""Text: `inline` content, `measure` of how much room it needs, `fields`, `footnotes`, and `runs` that write it."""
