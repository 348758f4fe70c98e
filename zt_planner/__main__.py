"""Run the command line: `python -m zt_planner`."""

from __future__ import annotations

from zt_planner.cli import main

if __name__ == "__main__":
    main()
