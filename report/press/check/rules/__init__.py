"""The rules that a file and its pages are checked against; `expected` says what was ordered, and needs no library.

Modules, each importing only those before it: `expected`, `codes`, `page`, one for each part of the rules, `table`.
"""
