"""Tests of guards.urls."""
