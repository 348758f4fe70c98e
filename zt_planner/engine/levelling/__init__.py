"""Level a plan to limits: the exact schedule of a scenario, and what it does (M20).

limits     what a levelled plan keeps to
axis       the plan's working days as whole numbers
payments   what each possible start makes a month pay
problem    a scenario's tasks as a problem for `engine.rcpsp`, and what is found as days
weights    how much each task protects
pushes     which limit keeps a task from starting earlier
proposal   the levelled plan beside the quick one
conflict   limits that no schedule keeps, and how little would help
"""
