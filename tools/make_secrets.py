"""Make the secrets of a deployment that are not there yet, each in a file; none is ever replaced.

Two folders: what the database reads, and what the program reads.
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

READABLE = 0o444
"""By whoever has the folder: only the containers that read it mount it."""


def make_secrets(database: Path, program: Path) -> None:
    """Write what is missing: two passwords; the database's address, the token for metrics, two keys."""
    made = database / "superuser_password", database / "database_password"
    for file in (*made, program / "metrics_token", program / "cookie_secret", program / "worker_key"):
        keep(file, secrets.token_hex(24))
    password = (database / "database_password").read_text("utf-8")
    keep(program / "database_url", f"postgresql://planner:{password}@database/planner")


def keep(file: Path, text: str) -> None:
    """Write a file as a whole, unless it is there."""
    if not file.exists():
        part = file.with_suffix(".part")
        part.write_text(text, "utf-8")
        part.chmod(READABLE)
        part.rename(file)


if __name__ == "__main__":
    folders = Path(sys.argv[1]), Path(sys.argv[2])
    make_secrets(*folders)
    for folder in folders:
        folder.chmod(0o755)
