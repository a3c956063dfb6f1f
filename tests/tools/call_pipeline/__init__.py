"""The words of the single path."""
