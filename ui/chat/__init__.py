"""The chat: what a person sees and does in Chainlit."""
