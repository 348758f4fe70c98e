"""Pure functions from scenario, price book and phase model to a plan. No files, no clock, no randomness.

Where to enter; the modules are imported by their own names, as some load a solver:

    planner.build_plan             scenario, prices and tasks become a plan
    levelling.proposal.level       an order of the tasks within limits
    goals.answer.ask               what must be true for a date and an amount
    simulation.result.simulate     how budget and finish may turn out
    compare.bridge.bridges_between from one plan to another, by groups of inputs
    scheduling.timeline.reforecast the schedule from what has happened so far
"""
