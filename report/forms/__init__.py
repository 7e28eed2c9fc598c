"""Funders' own Word files: what they ask for (`map`), what the facts answer (`check`), and the answers written in (`fill`).

What is not filled is not touched: other parts keep their bytes, and a filled part differs in its filled fields alone. The same
form, map and facts give the same bytes.

A module imports only those before it: `word/`, `answers/`, `fields/`, `suggestions`, `form_map`, `pictures`, `rich_content`,
`template`, `fill`, `untrusted`; `libreoffice` measures what was filled.
"""
