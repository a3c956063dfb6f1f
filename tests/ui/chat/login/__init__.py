"""Tests of ui/chat/login."""
