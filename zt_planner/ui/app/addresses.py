"""The addresses of the pages, for the dashboard that draws them and the server that is asked for them."""

from __future__ import annotations

FIRST_PAGE = "plan"
"""The page Plan, which stands at the address without a path."""
SHARE_PAGE = "share"
"""The page that shows who takes part: it is redrawn when somebody comes or goes."""
PRICES, BUDGET_PAGE = "prices", "budget"
"""The pages with a field of their own for files."""
COMPARE = "compare"
ADDRESSES = (FIRST_PAGE, "roadmap", "limits", BUDGET_PAGE, "uncertainty", COMPARE, "nis2", PRICES, SHARE_PAGE, "record")
SESSIONS = "sessions"
"""My sessions, which nobody presents: each has their own."""
UNKNOWN = "unknown"
"""The parameter of the first page's address for who has asked for a page that is not there."""
