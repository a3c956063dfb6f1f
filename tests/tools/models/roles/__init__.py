"""Prove that roles filled by models can say nothing that no source holds."""
