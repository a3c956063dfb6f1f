"""Fill the four roles by models, or by the extractive engine."""
