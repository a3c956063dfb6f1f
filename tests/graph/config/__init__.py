"""Tests of graph.config."""
