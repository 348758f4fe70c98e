"""What scans of other programs say of a plan, before anything is set."""
