"""Use the tools of any MCP server that an operator names."""
