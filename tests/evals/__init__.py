"""Test evals."""
