"""Levelling, limits, and questions asked backwards."""
