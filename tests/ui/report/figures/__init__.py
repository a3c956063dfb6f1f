"""The figures of a run are sound and can be read without seeing them."""
