"""Tests of profiles: `test_profiles` covers `load`, `mistakes` and `assess`; `test_funders` and `test_every_rule` cover `funder`; `test_printers` covers `printer`."""
