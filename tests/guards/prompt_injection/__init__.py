"""Tests of guards.prompt_injection."""
