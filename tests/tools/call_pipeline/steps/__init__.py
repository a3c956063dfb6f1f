"""Tests of tools/call_pipeline/steps."""
