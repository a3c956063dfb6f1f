"""Do one step of a run each: a node is a verb."""
