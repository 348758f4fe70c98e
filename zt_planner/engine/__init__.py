"""Pure functions from scenario, price book and phase model to a plan. No files, no clock, no randomness."""
