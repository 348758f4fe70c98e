"""The page NIS2."""
