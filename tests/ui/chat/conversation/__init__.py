"""From a message to a run."""
