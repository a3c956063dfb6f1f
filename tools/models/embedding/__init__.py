"""Vectors of texts: by a model on this machine, or by a provider through the call pipeline."""
