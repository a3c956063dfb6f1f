"""The server of LangGraph Studio, for one page and whoever has its token."""
