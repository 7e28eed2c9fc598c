"""Tests of what documents.yaml asks for.

Modules without a test of their own name, and the tests that are of them:

    characters, document_requests, funders, placed_request: tests/profiles/test_funders
    languages, roles: test_experience
    print_shops: tests/profiles/test_printers
    requirements: tests/profiles/test_profiles
"""
