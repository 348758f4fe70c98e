"""ZT Planner: plan a Zero Trust introduction, its cost month by month and its date of completion."""

__version__ = "0.1.0"
