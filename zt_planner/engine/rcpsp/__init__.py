"""The exact scheduler: the best schedule under limits, or how far from the best it can be at most (M20).

    problem    tasks, links with waits, resources: what every scheduler here works on
    windows    the earliest and the latest day of each task
    serial     schedules within milliseconds
    packing    which tasks can run side by side, and the heaviest such set
    ledger     what a schedule spends in each period
    relaxation a lower bound on the finish of any schedule within the limits
    model, spending, solver     problem and ledger in CP-SAT, and one run of it
    patience   how long a search may take, and who follows it
    search     the stages: serial schedule, bounds, CP-SAT, one aim after the other

Knows nothing of scenarios, dates or money: `engine.levelling` turns a scenario
into such a problem. Standard problems that others wrote run through the same
rooms (`benchmarks/psplib.py`).
"""
