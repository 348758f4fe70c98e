"""Prices with their sources."""
