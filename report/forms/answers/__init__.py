"""What is written into a form's fields, from the facts of an organisation.

A module imports only those before it: `answer`, `facts`, `writer`, `grant_roles`.
"""
