"""Tests of graph.report."""
