"""Tests of ui/chat/run_view."""
