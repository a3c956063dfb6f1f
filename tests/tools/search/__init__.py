"""Search back-ends, against servers that answer as the services do."""
