"""A plan that is under way: what has moved, what was booked, and what was forecast before."""
