"""Formatting as values, and how ECMA-376 writes it: `values`, `direction`, `properties`, `languages`."""
