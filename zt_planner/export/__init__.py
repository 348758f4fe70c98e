"""Reports as bytes, one module a format; and a scenario's file both ways, as who writes its form also reads it.

What is shown is decided in `reports`, what it comes to in `engine`, what a
scenario may hold in `domain`; `scenario_problems` finds words for what it may not.
"""
