"""Project files as somebody else leaves them: ours with edits, and small ones that were never ours."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from tests.builders import plan_for
from zt_planner.domain.incoming import Incoming
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.files.imports.project import project_incoming, read_project
from zt_planner.files.project.file import project_bytes
from zt_planner.files.project.marks import ID_FIELD
from zt_planner.files.project.xml_text import NAMESPACE
from zt_planner.files.scenario_json import with_values
from zt_planner.topics.view import AnyView

FILE = "roadmap.xml"


def tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


class Edited:
    """A file of ours that is open in another program."""

    def __init__(self, handed: AnyView) -> None:
        """Export the plan."""
        self.root = etree.fromstring(project_bytes(handed))

    @property
    def content(self) -> bytes:
        """The file as it is saved."""
        return bytes(etree.tostring(self.root))

    def line(self, mark: str) -> Any:  # noqa: ANN401 - an element
        """Return a task by its mark, as in `task:kickoff`; the id alone is that of a task."""
        wanted = mark if ":" in mark else f"task:{mark}"
        return next(task for task in self.root.iter(tag("Task")) if self.mark_of(task) == wanted)

    @staticmethod
    def mark_of(task: Any) -> str:  # noqa: ANN401 - an element
        fields = task.iter(tag("ExtendedAttribute"))
        return next((each.findtext(tag("Value")) for each in fields if each.findtext(tag("FieldID")) == ID_FIELD), "")

    def uid(self, mark: str) -> str:
        """Return a task's number."""
        return str(self.line(mark).findtext(tag("UID")))

    def change(self, mark: str, **values: object) -> Edited:
        """Set what a task says: `Start="2027-03-01T08:00:00"`; None takes it away."""
        line = self.line(mark)
        for name, value in values.items():
            part = line.find(tag(name))
            if value is None:
                if part is not None:
                    line.remove(part)
                continue
            if part is None:
                part = etree.SubElement(line, tag(name))
            part.text = str(value)
        return self

    def move(self, mark: str, start: str, finish: str, *, constraint: int = 4) -> Edited:
        """Drag a task to other days, as Project notes it: a constraint on the new start."""
        day = f"{start}T08:00:00"
        dates = {"Start": day, "Finish": f"{finish}T17:00:00"}
        return self.change(mark, **dates, ConstraintType=constraint, ConstraintDate=day if constraint else None)

    def remove(self, mark: str) -> Edited:
        """Take a task out with the links to it, as Project does."""
        uid, line = self.uid(mark), self.line(mark)
        line.getparent().remove(line)
        for each in list(self.root.iter(tag("PredecessorLink"))):
            if each.findtext(tag("PredecessorUID")) == uid:
                each.getparent().remove(each)
        return self

    def insert(self, after: str, xml: str) -> Edited:
        """Put a new task behind another one."""
        self.line(after).addnext(etree.fromstring(xml))
        return self

    def read_into(self, handed: AnyView) -> Incoming:
        """Return what the file says for a plan that is open."""
        return project_incoming(read_project(self.content, FILE), FILE, handed.plan)


def written(parts: dict[str, Any]) -> str:
    return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in parts.items() if value is not None)


def task_xml(uid: int, name: str, *links: str, **parts: Any) -> str:  # noqa: ANN401 - any element
    """Return a task of eight hours of work on one day, with other parts."""
    plain = {
        "UID": uid,
        "ID": uid,
        "Name": name,
        "OutlineLevel": 1,
        "Start": "2027-03-01T08:00:00",
        "Finish": "2027-03-01T17:00:00",
        "Duration": "PT8H0M0S",
        "Work": "PT8H0M0S",
    }
    return f'<Task xmlns="{NAMESPACE}">{written(plain | parts)}{"".join(links)}</Task>'


def foreign(*tasks: str, more: str = "", namespace: str = NAMESPACE) -> bytes:
    """Return a file that another program has written."""
    body = "".join(tasks).replace(f' xmlns="{NAMESPACE}"', "")
    space = f' xmlns="{namespace}"' if namespace else ""
    return f"<Project{space}><Name>roadmap</Name>{more}<Tasks>{body}</Tasks></Project>".encode()


def read(content: bytes, handed: AnyView) -> Incoming:
    """Return what a file says for a plan that is open."""
    return project_incoming(read_project(content, FILE), FILE, handed.plan)


def applied(said: Incoming, handed: AnyView) -> Scenario:
    """Return the scenario of a plan with what a file says."""
    return with_values(handed.plan.scenario, said.edits)


def reasons(said: Incoming) -> list[str]:
    """Return why something was left out, in English."""
    return [f"{each.place}: {each.problem.format(**each.values)}" for each in said.left_out]


def planned(said: Incoming, handed: AnyView) -> Plan:
    """Return the plan with what a file says."""
    return plan_for(handed.case.changed(applied(said, handed)))


def task_of(plan: Plan, task_id: str) -> ScheduledTask:
    return next(task for task in plan.tasks if task.task.id == task_id)
