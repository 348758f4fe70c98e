"""Pictures and charts on a page."""
