"""How sure a plan is: what its dates and its money come to where efforts, waits and prices are ranges (M22).

    ranges ─> draws ─> the plan's order, drawn ─> costs, drawn ─> percentiles, chances, drivers

Rooms: `quantiles` (distributions through three points), `draws` (random numbers that
repeat), `order` (dates of a draw), `costs` (money of a draw), `simulation` (all draws
of a plan, and their statistics), `drivers` (what the spread comes from).
"""
