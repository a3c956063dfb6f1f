"""Tests of graph.stores.leases."""
