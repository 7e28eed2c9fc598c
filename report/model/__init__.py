"""The facts about an organisation, one module per part of the field.

`passages` reads texts, `loading` makes a dossier of data files, `tables` lays rows over a base, `privacy` takes names out, `checks` finds what contradicts.
"""
