"""The fields of a form, by the way Word makes them: each family finds its own and writes into them.

A module imports only those before it: `field`, `data_binding`; then the families `controls`, `legacy`, `cells`, `bookmarks` and
`placeholders`; then `families`.
"""
