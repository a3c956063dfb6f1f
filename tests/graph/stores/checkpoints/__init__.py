"""Tests of graph.stores.checkpoints."""
