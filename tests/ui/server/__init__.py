"""Tests of what a server shares among its entrances."""
