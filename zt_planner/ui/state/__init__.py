"""The state of one browser tab between script runs: what it shows, drafts, widget values."""
