"""Search services: the web, scholarly indexes and communities."""
