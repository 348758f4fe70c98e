"""Levelling in words: what a proposal changes, what it costs in protection, and its tables."""
