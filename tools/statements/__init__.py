"""Read a sentence as a statement, and compare two: do they say the same, or the opposite?"""
