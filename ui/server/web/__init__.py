"""Serve probes, metrics and the HTTP API."""
