"""Reach services over HTTP."""
