"""Tests of what regulators, funders and print shops require.

Modules without a test of their own name, and the tests that are of them:

    assess, load, mistakes, pages, profile: test_profiles
    funder, limits: test_every_rule, test_funders
    printer: test_printers
"""
