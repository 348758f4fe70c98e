"""How sure a plan is: its dates and its money where efforts, waits and prices are ranges (M22).

ranges ─> draws ─> order (dates of a draw) ─> costs (money of a draw) ─> result (percentiles, chances) ─> drivers
"""
