"""Provide services, workers and workloads for the suites."""
