"""Tests of facts that the program begins and changes."""
