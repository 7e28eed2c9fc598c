"""Tables: `widths` of their columns, `table` for the HTML's own, `side_by_side` for lists that are laid out as one."""
