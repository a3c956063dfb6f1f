"""Fill the four roles by models, each with the extractive engine to fall back on."""
