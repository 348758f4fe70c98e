"""The words of the field as a reader sees them: labels, numbers, names, sentences."""
