"""The components that are ours."""
