"""Whether the dashboard can start as it is set: somebody can reach it, and a file can keep the plans.

Law: what never can be is refused with the setting's name, its value and what to do; what may pass (a disk that is full)
is none of it, nor is a database server that is away: pages and `/ready` say so.
"""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from tempfile import TemporaryFile

from zt_planner.cli.inputs import UNUSABLE, plain_errors, system_reason, unusable
from zt_planner.errors import msgid
from zt_planner.language import Language
from zt_planner.settings import REFUSALS, variable

TAKEN = 1
"""The exit code by which a service is started again: the port may be free by then, and the address be there."""
PASSING = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, socket.EAI_AGAIN)
OF_THE_PORT = (errno.EADDRINUSE, errno.EACCES)
NOT_WRITABLE = (IsADirectoryError, NotADirectoryError, FileExistsError, PermissionError)


def check_file(path: Path) -> None:
    """Raise ScenarioError where a file cannot keep plans; its folder is made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.open("r+b").close()
        else:
            TemporaryFile(dir=path.parent).close()
    except NOT_WRITABLE as error:
        problem = msgid("plans cannot be kept in '{value}' ({reason})")
        remedy = msgid("Name a file that this account may write")
        raise unusable(variable("store"), problem, remedy, value=path, reason=system_reason(error)) from None
    except OSError:
        pass  # this may pass


def check_folder(folder: Path) -> None:
    """Raise ScenarioError where a folder cannot keep the files that pages offer; it is made."""
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except NOT_WRITABLE as error:
        problem = msgid("files to download cannot be kept in '{value}' ({reason})")
        remedy = msgid("Name a folder that can be written to")
        raise unusable(variable("downloads"), problem, remedy, value=folder, reason=system_reason(error)) from None
    except OSError:
        pass  # this may pass


def check_listening(address: tuple[str, str], port: tuple[str, int], language: Language) -> None:
    """Say why nobody can listen at an address, by what sets it, and exit; what is tried is what Streamlit does."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in address[1] else socket.AF_INET) as tried:
            if os.name != "nt":
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((address[1], port[1]))
    except (OSError, TypeError) as error:  # the latter for a name that cannot be that of a host
        number, reason = getattr(error, "errno", None), getattr(error, "strerror", "") or str(error)
        is_of_port = number in OF_THE_PORT
        name, value = port if is_of_port else address
        problem = msgid("the dashboard cannot listen at '{value}' ({reason})")
        remedy = msgid("Write another port, or stop what uses it") if is_of_port else REFUSALS["address"][1]
        with plain_errors(language, TAKEN if number in PASSING else UNUSABLE):
            raise unusable(name, problem, remedy, value=value, reason=reason) from None
