"""Why at all: what doing nothing may cost, what the law and the insurer ask, what the state pays."""
