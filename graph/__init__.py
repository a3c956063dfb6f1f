"""Hold the state of a run, run it, and store what must survive."""
