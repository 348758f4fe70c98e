"""Files that have a form of their own, out and in."""
