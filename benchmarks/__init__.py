"""How long the product takes, against its peers: ``python -m benchmarks.report``."""
