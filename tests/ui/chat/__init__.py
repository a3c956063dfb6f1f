"""The chat: what it shows, asks, keeps and takes up again."""
