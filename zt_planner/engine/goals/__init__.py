"""Ask backwards: what must be true for a plan to be done by a day, for an amount in its first year (M21)."""
