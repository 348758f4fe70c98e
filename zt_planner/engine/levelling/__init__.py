"""Level a plan to limits: the exact schedule of a scenario, and what it does (M20)."""
