"""How a look dresses Word: `schema` of ``word.yaml``, `tokens` of the theme, `styles` by name, and `rules` for the HTML's elements."""
