"""Answer from verbatim sentences, without a model."""
