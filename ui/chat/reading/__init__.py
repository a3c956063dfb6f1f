"""Read and look: the report on the screen."""
