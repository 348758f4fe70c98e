"""The plan in its key figures."""
