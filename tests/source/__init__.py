"""Tests of files to plain values. `test_files` covers `yamlfile` and the modules that it alone uses; `test_invisible` covers `lookalikes` too."""
