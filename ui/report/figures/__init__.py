"""Figures of a run, as Plotly draws them."""
