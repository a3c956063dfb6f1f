"""Prove that a timeline shows what a run did."""
