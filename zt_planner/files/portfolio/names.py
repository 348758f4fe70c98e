"""The names of what the program writes into the folder of a portfolio, beside the tables and the answers."""

from __future__ import annotations

READINGS = "readings.json"
"""What the files held when they were last read, by the digests of their contents."""
NOTES = "notes.csv"
"""What failed, and what else is to be known of files."""
CHANGES, CHOSEN, MOVES, WEEKS = "changes.csv", "later.csv", "moves.csv", "provider_weeks.csv"
SUMS, MONTHS = "joint.csv", "joint_months.csv"
WHAT_IFS = (CHANGES, CHOSEN, MOVES, WEEKS, SUMS, MONTHS)
ON_DISK = "answers"
"""The folder in which DuckDB keeps what it has no memory for, while it answers."""
