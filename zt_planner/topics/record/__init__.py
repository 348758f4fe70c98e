"""Who decided what, and what it did."""
