"""What other programs wrote is tried only where it is there."""

from __future__ import annotations

import os
from pathlib import Path

from zt_planner.resources import root

GIVEN = os.environ.get("ZT_PLANNER_CASES")
SAMPLES = (Path(GIVEN) if GIVEN else root().parent / "shared" / "cases") / "scans"

collect_ignore = [] if SAMPLES.is_dir() else ["test_samples.py"]
