"""When the calls of a run were made: in characters and as a picture."""
