"""The downloads of a report hold what it says, and nothing that acts."""
