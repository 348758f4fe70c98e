"""Where planning sessions are kept: one protocol, one SQL implementation."""
