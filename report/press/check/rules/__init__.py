"""The rules that a file and its pages are checked against; `expected` says what was ordered, and needs no library.

Modules, each importing only those before it: `expected`, `codes`, `page`, and one for each part of the rules; `check.RULES` lists them.
"""
