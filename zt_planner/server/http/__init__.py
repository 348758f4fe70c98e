"""What requests and responses carry, and what is let in."""
