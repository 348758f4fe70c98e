"""The licence mix and its price cliffs."""
