"""Tests of the facts, by part of the field. Modules that only hold fields are tested with what checks or prints them.

Modules without a test of their own name, and the tests that are of them:

    action, activity, logframe, programme: test_actions
    affiliation, network, objective, organisation, person, story: test_planted, test_references
    base, codes, dates, numbers, text: test_planted, test_hints
    checks/*, document, dossier, suggestions, walk: test_planted, test_references
    finance: test_money
    loading/*: test_hints, test_planted, test_references
    passages/*: tests/compose/test_lists, tests/compose/test_passages
    privacy/names: test_redact
    project: test_projects
    tables/*: test_tables
    unreadable: tests/pipeline/test_unreadable
    validity: tests/compose/test_validity
    year: test_years
"""
