"""What laws and insurers ask."""
