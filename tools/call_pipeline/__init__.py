"""The words of the single path of a call, one small object each."""
