"""Read a sentence as a statement, and tell whether two say the same or contradict each other."""
