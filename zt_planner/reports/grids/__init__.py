"""Tables of cells that a person edits."""
