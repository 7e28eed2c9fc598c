"""The HTML that every document is written in: the list of its elements, its tree, its parser and the words in it.

`elements`, then `text`, then `parser`: a module imports only those before it.
"""
