"""Chat models as tools: each call goes through the call pipeline."""
