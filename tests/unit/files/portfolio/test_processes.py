"""Work in several processes, of which one may be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path
from threading import Event

import pytest

from zt_planner.errors import FileProblem, Place
from zt_planner.files.portfolio.processes import Done, Processes, cores


def doubled(number: int) -> int:
    return 2 * number


def deadly(number: int) -> int:
    """Kill the process that it runs in, for one number."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def deadly_once(marker: str) -> str:
    """Kill the process that it runs in, the first time."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return marker


def endless(_: int) -> None:
    Event().wait()


def deadly_once_and_then_endless(marker: str) -> None:
    """Kill the process that it runs in, the first time; the second time, press Ctrl+C and go on for ever."""
    deadly_once(marker)
    os.kill(os.getppid(), signal.SIGINT)
    Event().wait()


def refusing(number: int) -> int:
    raise FileProblem(Place("plans"), "it is full", "Free some space", value=str(number))


def test_all_work_is_done_once_and_the_processes_serve_again() -> None:
    with Processes(2) as processes:
        assert sorted(processes.each(doubled, range(7))) == [Done(number, 2 * number) for number in range(7)]
        assert list(processes.each(doubled, [9])) == [Done(9, 18)]
        assert list(processes.each(doubled, [])) == []


def test_only_what_kills_its_process_twice_has_no_result() -> None:
    with Processes(2) as processes:
        done = {each.work: each.result for each in processes.each(deadly, range(6))}
    assert done == {0: 0, 1: 1, 2: 2, 3: None, 4: 4, 5: 5}


def test_a_second_try_does_not_outlive_who_ends_the_command(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), Processes(1) as processes:
            list(processes.each(deadly_once_and_then_endless, [str(tmp_path / "killed")]))
    finally:
        signal.signal(signal.SIGINT, before)
    assert not active_children()


def test_what_killed_its_process_once_is_done_at_the_second_try(tmp_path: Path) -> None:
    marker = str(tmp_path / "killed")
    with Processes(1) as processes:
        assert list(processes.each(deadly_once, [marker])) == [Done(marker, marker, is_second=True)]


def test_where_this_process_is_to_end_the_others_end_at_once() -> None:
    def works() -> Iterator[int]:
        yield 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Processes(2) as processes:
        list(processes.each(endless, works()))
    assert not active_children()


def test_an_error_of_the_work_is_raised_with_all_its_parts() -> None:
    with Processes(1) as processes, pytest.raises(FileProblem, match="it is full") as raised:
        list(processes.each(refusing, [1]))
    assert raised.value.remedy == "Free some space"


def test_there_is_a_core() -> None:
    assert cores() >= 1


WITH_A_CHILD = """
import os, time
from zt_planner.files.portfolio.processes import Processes
if __name__ == "__main__":
    with Processes(1) as processes:
        for done in processes.each(os.getpgid, [0]):
            print("ready", flush=True)
            time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_a_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(WITH_A_CHILD, "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        assert starter.stdout.readline() == "ready\n"
        starter.kill()
        starter.communicate(timeout=60)  # returns when nobody holds its output open any more
