"""Tests mirror `report/`; `tests.judges` holds the validators that every room's documents go before."""
