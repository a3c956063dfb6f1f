"""Keep LangGraph checkpoints."""
