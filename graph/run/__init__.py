"""Run the graph, stop it, resume it, and trace it."""
