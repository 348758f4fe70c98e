"""What is done when, and by whom."""
