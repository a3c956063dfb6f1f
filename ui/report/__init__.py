"""Write, publish and verify reports."""
