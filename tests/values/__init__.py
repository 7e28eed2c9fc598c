"""Tests of the values that pass between the steps. `documents`, `drawings`, `look`, `printing`, `problems` hold no logic: who uses them tests them."""
