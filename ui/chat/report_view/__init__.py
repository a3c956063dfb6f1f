"""Read and look: what a person sees of a finished report in the chat."""
