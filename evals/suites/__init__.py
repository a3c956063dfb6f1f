"""One module for each suite of `python -m evals`."""
