"""The exact scheduler: the best schedule under limits, or how far from the best it can be at most (M20).

Knows nothing of scenarios, dates or money: `engine.levelling` turns a scenario
into such a problem. Standard problems that others wrote run through the same
rooms (`benchmarks/psplib.py`).
"""
