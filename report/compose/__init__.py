"""Facts and a template become a `Document`: one piece of semantic HTML that every format is written from."""
