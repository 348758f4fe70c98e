"""Live news for open pages: who is here, and what has changed."""
