"""What there is to show, once, for every medium: pages, files and commands only arrange it."""
