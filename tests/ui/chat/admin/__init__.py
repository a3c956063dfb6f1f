"""Tests of ui/chat/admin."""
