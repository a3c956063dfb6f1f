"""Let only one process at a time work on a run."""
