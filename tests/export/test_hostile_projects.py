"""Project files that are damaged, huge or meant to harm are refused with a reason, and without growing memory."""

from __future__ import annotations

import tracemalloc
import zlib

import pytest

from tests.handouts import handout
from tests.portions import values
from tests.project_edits import FILE, Edited, foreign, task_xml
from zt_planner.catalog import LARGEST_FILE_BYTES
from zt_planner.errors import FileProblem
from zt_planner.files.imports.project import read_project
from zt_planner.files.project.marks import ID_FIELD
from zt_planner.files.project.xml_text import NAMESPACE
from zt_planner.language import Language, LanguageCode

HEAD = f'<Project xmlns="{NAMESPACE}">'.encode()
LAUGHS = b"""<!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><Project><Name>&b;</Name></Project>"""
OUTSIDE = b"""<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/hostname">]><Project><Name>&a;</Name></Project>"""
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(1000)
MOST_MEMORY = 20_000_000
MARK = f"<ExtendedAttribute><FieldID>{ID_FIELD}</FieldID><Value>task:kickoff</Value></ExtendedAttribute>"

REFUSED = {
    "entities": (LAUGHS, "declares a document type or entities"),
    "another file": (OUTSIDE, "declares a document type or entities"),
    "a document type of another place": (
        b'<!DOCTYPE a SYSTEM "http://example.invalid/a"><a/>',
        "declares a document type",
    ),
    "a picture": (PICTURE, "not XML, or damaged"),
    "nothing": (b"", "not XML, or damaged"),
    "zeros": (bytes(10_000), "not XML, or damaged"),
    "cut off": (foreign(task_xml(1, "a"))[:-20], "not XML, or damaged"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="no-such"?><Project/>', "not XML, or damaged"),
    "a wide encoding": (b'<?xml version="1.0" encoding="gb2312"?><Project/>', "not XML, or damaged"),
    "compressed": (zlib.compress(foreign(task_xml(1, "a"))), "not XML, or damaged"),
    "another XML": (b"<html><body/></html>", "begins with 'html'"),
    "another program's project": (b'<Project xmlns="http://example.invalid"/>', "no project of Microsoft Project"),
    "too many bytes": (b" " * (LARGEST_FILE_BYTES + 1), "more than the limit of 5000000"),
    "too many tasks": (HEAD + b"<Tasks>" + b"<Task/>" * 3001 + b"</Tasks></Project>", "more than 3000 tasks"),
    "too many elements": (HEAD + b"<a/>" * 600_000 + b"</Project>", "holds more than a plan could"),
    "a task with too much": (HEAD + b"<Tasks><Task>" + b"<a/>" * 600_000, "holds more than a plan could"),
    "too deep": (HEAD + b"<a>" * 600_000, "nested too deeply"),
    "too many attributes": (
        HEAD[:-1] + b"".join(b' a%d=""' % index for index in range(300_000)),
        "not XML, or damaged",
    ),
}
QUICK = [name for name, (content, _) in REFUSED.items() if len(content) < 100_000]


@pytest.mark.extended
@pytest.mark.parametrize(("content", "reason"), values(REFUSED, *QUICK))
def test_it_is_refused_with_a_reason_and_a_remedy(content: bytes, reason: str) -> None:
    with pytest.raises(FileProblem, match=reason) as caught:
        read_project(content, FILE)
    assert caught.value.file == FILE
    assert caught.value.remedy
    for code in LanguageCode:
        assert Language(code).say(caught.value.problem, **caught.value.values)


@pytest.mark.parametrize("name", ["too many elements", "a task with too much", "too deep", "too many attributes"])
@pytest.mark.extended
def test_refusing_takes_no_memory(name: str) -> None:
    content = REFUSED[name][0]
    with pytest.raises(FileProblem):
        read_project(b"", FILE)  # what is imported at the first call is not the file's
    tracemalloc.start()
    with pytest.raises(FileProblem):
        read_project(content, FILE)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST_MEMORY


def test_what_is_not_needed_is_let_go() -> None:
    phases = "<TimephasedData><Value>PT8H0M0S</Value></TimephasedData>" * 4_000
    more = f"<Assignments><Assignment><TaskUID>1</TaskUID>{phases}</Assignment></Assignments>"
    (found,) = read_project(foreign(task_xml(1, "a", MARK), more=more), FILE).tasks
    assert found.work == 8 * 3600


@pytest.mark.extended
def test_a_name_of_megabytes_is_shown_short() -> None:
    edited = Edited(handout()).change("kickoff", Name="x" * 4_000_000, PercentComplete=50)
    assert len(str(edited.read_into(handout()).left_out[0].place)) < 100


def test_a_files_own_name_is_shown_short() -> None:
    with pytest.raises(FileProblem) as caught:
        read_project(b"", "x" * 5000)
    assert len(str(caught.value)) < 300


def test_utf_16_is_read_as_well() -> None:
    content = '<?xml version="1.0" encoding="utf-16"?>' + foreign(task_xml(1, "Prüfung", MARK)).decode()
    assert [task.name for task in read_project(content.encode("utf-16"), FILE).tasks] == ["Prüfung"]
