"""The addresses of pages and of our own routes, for the dashboard that links to them and the server that answers."""

from __future__ import annotations

FIRST_PAGE = "plan"
"""The page Plan, at the address without a path."""
ROADMAP, LIMITS, BUDGET_PAGE, RISK = "roadmap", "limits", "budget", "uncertainty"
COMPARE, NIS2, PRICES, RECORD = "compare", "nis2", "prices", "record"
SHARE_PAGE = "share"
"""The page that shows who takes part: it is redrawn when somebody comes or goes."""
ADDRESSES = (FIRST_PAGE, ROADMAP, LIMITS, BUDGET_PAGE, RISK, COMPARE, NIS2, PRICES, SHARE_PAGE, RECORD)
SESSIONS = "sessions"
"""My sessions, which nobody presents: each has their own."""
UNKNOWN = "unknown"
"""The parameter of the first page's address for who has asked for a page that is not there."""

JOIN, FILES, LIVE = "/join/", "/files/", "/live"
"""Begin the addresses of links by which people join, and of offered files; the event stream of an open page."""
HEALTH, READY, METRICS = "/health", "/ready", "/metrics"
