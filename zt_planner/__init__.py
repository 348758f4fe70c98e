"""ZT Planner: plan a Zero Trust introduction, its cost month by month and its date of completion."""

import gc

__version__ = "0.1.0"

WHOLE_SEARCHES_SELDOM = 100
"""How many searches for garbage among what is younger come before one among all objects (ADR 0012)."""

gc.set_threshold(*gc.get_threshold()[:2], WHOLE_SEARCHES_SELDOM)
