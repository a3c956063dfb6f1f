"""What a server shares among its entrances."""
