"""The command line in this process."""

from __future__ import annotations

from typing import Any

from typer.testing import CliRunner, Result

from zt_planner.cli import app


def invoked(*arguments: object, **options: Any) -> Result:  # noqa: ANN401 - whatever the runner takes
    """Return what it answers."""
    return CliRunner().invoke(app, [*map(str, arguments)], **options)
