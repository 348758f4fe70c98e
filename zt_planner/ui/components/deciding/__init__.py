"""What is decided: the next decisions, and the approval of a plan."""
