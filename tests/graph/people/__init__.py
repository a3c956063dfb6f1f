"""Prove who may come in, as whom."""
