"""A plan under way."""
