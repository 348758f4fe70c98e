"""Public funding."""
