"""One file per format: bytes in, `Parsed` out."""
