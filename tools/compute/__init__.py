"""Run code in an interpreter without access to this machine."""
