"""Pure functions from scenario, price book and phase model to a plan. No files, no clock, no randomness.

The entrances; callers import their modules, as most commands need only some of them, and two load a solver:

    case.case_of                       scenario, prices and tasks resolved once, or their problems
    planner.build_plan                 the plan of a case
    levelling.proposal.level           an order of the tasks within limits
    goals.answer.ask                   what must be true for a date and an amount
    simulation.result.simulate         how budget and finish may turn out
    compare.comparison.comparison_of   plans side by side, and the bridges between them
    case_schedule.reforecast           the schedule from what has happened so far
    portfolio.joint.joint_draws        what the introductions of several clients cost together
    portfolio.levelling.level_clients  which of them start later, where the provider's days a week do not suffice
"""
