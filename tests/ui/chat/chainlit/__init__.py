"""Tests of ui/chat/chainlit."""
