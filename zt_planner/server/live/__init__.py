"""Live updates for open pages: presence and changes."""
