"""From one scenario to another: what each group of inputs that differs adds to a figure.

Inputs are taken from the other scenario a group at a time, in every combination; what a group adds is its Shapley
value, so that no order of the groups is preferred (ADR 0058).
"""
