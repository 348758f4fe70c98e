"""Inputs for the fields of the scenario."""
