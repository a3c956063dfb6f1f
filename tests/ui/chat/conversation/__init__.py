"""Tests of ui/chat/conversation."""
