"""What other programs wrote is tried only where it is there."""

from __future__ import annotations

from tests.scan_files import SAMPLES

collect_ignore = [] if SAMPLES else ["test_samples.py"]
