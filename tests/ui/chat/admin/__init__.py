"""What administrators see."""
