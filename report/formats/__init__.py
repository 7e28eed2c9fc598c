"""Output formats: each module writes a `Document` to a file and says what it measured on it."""
