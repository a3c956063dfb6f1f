"""Serve LangGraph Studio to one page and one token."""
