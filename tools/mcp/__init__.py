"""Use the tools of any MCP server an operator names."""
