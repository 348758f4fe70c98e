"""A program that reads project files with MPXJ and says in JSON what is in them.

It runs in a process of its own: a Java machine and Python's fault handler do
not get along in one. After reading, MPXJ plans each file anew by Project's
rules, as Project does when it opens one; both are told. What it has read it
writes again, as another program would.
"""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest


def read_projects(files: Sequence[Path]) -> list[dict[str, Any]]:
    """Return what is in project files; fail with a reason where there is no Java."""
    if shutil.which("java") is None:
        pytest.fail("Project files are read by MPXJ, which needs Java: install a Java runtime, then run this again")
    done = subprocess.run(
        [sys.executable, __file__, *map(str, files)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def rewritten(file: Path | str) -> str:
    """Return where the file lies that MPXJ has written in its own words."""
    return f"{file}.rewritten"


def _number(value: Any) -> Any:  # noqa: ANN401 - a Java object
    return None if value is None else float(value.doubleValue())


def _text(value: Any) -> Any:  # noqa: ANN401 - a Java object
    return None if value is None else str(value)


def _hours(value: Any, project: Any, unit: Any) -> Any:  # noqa: ANN401 - a Java object
    return (
        None if value is None else float(value.convertUnits(unit.HOURS, project.getProjectProperties()).getDuration())
    )


def _task(task: Any, project: Any, unit: Any) -> dict[str, Any]:  # noqa: ANN401 - a Java object
    return {
        "uid": int(task.getUniqueID()),
        "name": str(task.getName()),
        "level": int(task.getOutlineLevel()),
        "summary": bool(task.getSummary()),
        "start": str(task.getStart()),
        "finish": str(task.getFinish()),
        "hours": _hours(task.getDuration(), project, unit),
        "work": _hours(task.getWork(), project, unit),
        "cost": _number(task.getCost()),
        "baseline": [str(task.getBaselineStart()), str(task.getBaselineFinish()), _number(task.getBaselineCost())],
        "constraint": str(task.getConstraintType()),
        "links": [
            [int(link.getPredecessorTask().getUniqueID()), str(link.getType()), str(link.getLag())]
            for link in task.getPredecessors()
        ],
        "progress": [
            _number(task.getPercentageComplete()),
            _text(task.getActualStart()),
            _text(task.getActualFinish()),
            _hours(task.getRemainingDuration(), project, unit),
            _hours(task.getActualWork(), project, unit),
        ],
        "mark": _text(task.getText(1)),
        "notes": _text(task.getNotes()),
        "teams": {
            str(found.getResource().getName()): _hours(found.getWork(), project, unit)
            for found in task.getResourceAssignments()
        },
    }


def _project(file: str) -> dict[str, Any]:
    jpype = importlib.import_module("jpype")
    reader, scheduler, unit, day = (
        jpype.JClass(name)
        for name in (
            "org.mpxj.reader.UniversalProjectReader",
            "org.mpxj.cpm.MicrosoftScheduler",
            "org.mpxj.TimeUnit",
            "java.time.LocalDate",
        )
    )
    project = reader().read(file)
    properties, calendar = project.getProjectProperties(), project.getDefaultCalendar()
    first, last = (day.of(year, 1, 1) for year in (properties.getStartDate().getYear(), 2031))
    days = [
        first.plusDays(number)
        for number in range(first.until(last, jpype.JClass("java.time.temporal.ChronoUnit").DAYS))
    ]
    tasks = [_task(task, project, unit) for task in project.getTasks()]
    jpype.JClass("org.mpxj.mspdi.MSPDIWriter")().write(project, rewritten(file))
    if len(tasks) > 1:
        scheduler().schedule(project, properties.getStartDate())
    return {
        "title": _text(properties.getProjectTitle()),
        "subject": _text(properties.getSubject()),
        "currency": _text(properties.getCurrencyCode()),
        "status_date": _text(properties.getStatusDate()),
        "tasks": tasks,
        "planned_anew": [[str(task.getStart()), str(task.getFinish())] for task in project.getTasks()],
        "days_off": {str(found.getFromDate()): str(found.getName()) for found in calendar.getCalendarExceptions()},
        "working_days": [str(found) for found in days if calendar.isWorkingDate(found)],
        "resources": {str(found.getName()): float(found.getMaxUnits()) for found in project.getResources()},
    }


def main() -> None:
    """Read the files that are named and print what is in them."""
    importlib.import_module("mpxj")  # puts itself on Java's path
    importlib.import_module("jpype").startJVM()
    sys.stdout.write(json.dumps([_project(file) for file in sys.argv[1:]]))


if __name__ == "__main__":
    main()
