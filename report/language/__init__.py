"""What depends on a language: labels and their catalogues, dates, numbers and money in words, the direction of writing.

`related`, `fallback`, `labels`, `catalogues`, then `writer`, `numbers` and `direction`: a module imports only those before it.
"""
