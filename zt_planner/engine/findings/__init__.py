"""What is doubtful about a scenario or its plan."""
