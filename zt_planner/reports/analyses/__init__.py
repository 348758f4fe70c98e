"""Analyses beyond the plan itself, in words and tables: ranges, drivers, goals, levelling, minutes."""
