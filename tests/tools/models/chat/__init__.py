"""Test the wire to chat models against a server that speaks Gemini's wire format."""
