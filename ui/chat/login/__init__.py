"""Log people in to the chat."""
