"""The Word file and its parts besides the body: `archive`, `package`, `fonts`, `numbering`, `styles`."""
