"""Read, index and search files and folders."""
