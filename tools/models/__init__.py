"""Give the four roles their minds."""
