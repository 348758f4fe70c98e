"""What there is to say about a plan, once for every medium."""
