"""The page Prices."""
