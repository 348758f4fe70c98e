"""What it costs, month by month."""
