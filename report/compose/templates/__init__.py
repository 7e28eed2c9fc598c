"""Templates become HTML: the Jinja environment, its sandbox, citations, and which template an element came from."""
