"""Store what must survive a crash."""
