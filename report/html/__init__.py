"""The HTML that every document is written in: the list of its elements, its tree, its parser and the words in it.

`elements`, then `text`, `tree` and `parser`: a module imports only those before it, and nothing of other rooms.
"""
