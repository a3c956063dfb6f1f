"""Show an administrator the installation, in the chat."""
