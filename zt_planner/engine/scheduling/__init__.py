"""Which tasks there are, how much work they are, and when they run (M5 to M10)."""
