"""What was noticed about a plan, in words."""
