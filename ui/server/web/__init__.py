"""The doors of a server that are no chat: probes, metrics, and an API over HTTP."""
