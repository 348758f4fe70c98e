"""The addresses of pages and of our own routes, for the dashboard that links to them and the server that answers."""

from __future__ import annotations

from zt_planner.errors import msgid

PLAN_PAGE, WEEK = "plan", "week"
"""At the address without a path is the page Plan, or This week once a plan is under way."""
WHAT_IF, ROADMAP, BUDGET_PAGE = "what_if", "roadmap", "budget"
SURE_PAGE, WHY_PAGE = "how_sure", "why_do_it"
NIS2, PRICES, RECORD = "nis2", "prices", "record"
SCAN = "scan"
SHARE_PAGE = "share"
"""The page that shows who takes part: it is redrawn when somebody comes or goes."""
PAGES = {
    PLAN_PAGE: msgid("Plan"),
    WEEK: msgid("This week"),
    WHAT_IF: msgid("What if"),
    ROADMAP: msgid("Roadmap"),
    BUDGET_PAGE: msgid("Budget"),
    SURE_PAGE: msgid("How sure?"),
    WHY_PAGE: msgid("Why do it?"),
    NIS2: msgid("NIS2"),
    PRICES: msgid("Prices"),
    SHARE_PAGE: msgid("Share"),
    RECORD: msgid("Record"),
}
"""The titles of the pages by their addresses, in their order; the module of `ui.pages` is named like the address."""
SESSIONS = "sessions"
"""My sessions, which nobody presents: each has their own. So is what somebody drops on the page Scans."""
ALL_PAGES = {**PAGES, SCAN: msgid("Scans"), SESSIONS: msgid("My sessions")}
UNKNOWN = "unknown"
"""The parameter of the first page's address for who has asked for a page that is not there."""

MOVES = "moves"
"""The fold of the page What if that shows which tasks another order moves."""

JOIN, FILES, LIVE = "/join/", "/files/", "/live"
"""Begin the addresses of links by which people join, and of offered files; the event stream of an open page."""
HEALTH, READY, METRICS = "/health", "/ready", "/metrics"
