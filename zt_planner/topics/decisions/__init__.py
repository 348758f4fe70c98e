"""A decision in stages."""
