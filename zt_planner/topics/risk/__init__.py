"""How sure date and budget are, and what they protect from."""
