"""The exact scheduler: the best schedule under limits, or how far from the best it can be at most (M20).

    problem    tasks, links with waits, resources: what every scheduler here works on
    windows    the earliest and the latest day of each task
    serial     good schedules within milliseconds
    packing    which tasks can run side by side, and the heaviest such set
    bounds     how early nothing can be finished
    model      the problem in CP-SAT
    search     the stages: serial schedule, bound, CP-SAT, one aim after the other

Knows nothing of scenarios, dates or money: `engine.levelling` turns a scenario
into such a problem. Standard problems that others wrote run through the same
rooms (`benchmarks/psplib.py`).
"""
