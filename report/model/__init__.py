"""The facts of the field, one file per part of it. Values are frozen; nothing here reads files or formats text."""
