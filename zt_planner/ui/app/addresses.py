"""The addresses of the pages, for the dashboard that draws them and the server that is asked for them."""

from __future__ import annotations

FIRST_PAGE = "cockpit"
"""The page Plan: saved addresses and sessions hold this older name. It stands at the address without a path."""
SHARE_PAGE = "share"
"""The page that shows who takes part: it is redrawn when somebody comes or goes."""
PRICES = "prices"
"""The page with a field of its own for files."""
COMPARE = "compare"
ADDRESSES = (FIRST_PAGE, "roadmap", "limits", "budget", "uncertainty", COMPARE, "nis2", PRICES, SHARE_PAGE, "record")
UNKNOWN = "unknown"
"""The parameter of the first page's address for who has asked for a page that is not there."""
