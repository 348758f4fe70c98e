"""Reads imported files."""
