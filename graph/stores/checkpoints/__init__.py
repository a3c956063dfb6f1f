"""Store LangGraph checkpoints."""
