"""One tab between the runs of its script: what it shows, what was typed, what its widgets hold."""
