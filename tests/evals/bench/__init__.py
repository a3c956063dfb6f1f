"""Tests of `evals/bench`."""
