"""The paper for the board."""
