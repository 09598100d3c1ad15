"""Measurements of newsarchive beside its peers: `python -m benchmarks.<name>` prints a table."""
