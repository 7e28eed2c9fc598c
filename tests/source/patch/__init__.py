"""Tests of patching YAML: by example, and by chance over every data file of the repository."""
