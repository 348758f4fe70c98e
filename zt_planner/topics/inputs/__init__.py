"""The fields of a scenario in the reader's words."""
