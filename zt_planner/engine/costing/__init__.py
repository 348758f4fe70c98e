"""What is bought, when, at which price, and what it adds up to (M1 to M4, M11 to M18)."""
