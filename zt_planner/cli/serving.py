"""`zt-planner serve`: checks whether the dashboard can start as it is set, and starts it.

Law: settings that can never work are refused with the setting's name, its value and what to do; what may pass (a full
disk, a database server that is away) is not refused: pages and `/ready` say so.
"""

from __future__ import annotations

import errno
import os
import runpy
import socket
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.inputs import UNUSABLE, LocaleOption, Today, plain_errors, plan_day, system_reason, unusable
from zt_planner.errors import msgid
from zt_planner.language import Language, LanguageCode, language_for
from zt_planner.resources import app_script
from zt_planner.settings import REFUSALS, settings, variable

MOST_COOKIE_BYTES = 64 * 1024
TAKEN = 1
"""The exit code by which a service is started again: the port may be free by then, and the address be there."""
PASSING = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, socket.EAI_AGAIN)
OF_THE_PORT = (errno.EADDRINUSE, errno.EACCES)
NOT_WRITABLE = (IsADirectoryError, NotADirectoryError, FileExistsError, PermissionError)


def serve(
    port: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, max=65535, help="Port of the dashboard; 8501 by default.")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Who can open it: 127.0.0.1 this machine (default), 0.0.0.0 the network."),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Start the dashboard."""
    language = language_for(locale)
    with plain_errors(language):
        as_of = plan_day(today)  # a wrong setting is refused here, not where the dashboard first plans
        if today is not None:
            os.environ[variable("today")] = as_of.isoformat()
        given = settings()
        if given.database_url is None:
            check_file(bootstrap.store_path())
        check_folder(bootstrap.downloads().folder)
        script = app_script()
        if not script.is_file():
            raise unusable(str(script), msgid("the dashboard is missing"), msgid("Install ZT Planner again"))
    at = ("--address", address) if address else (variable("address"), given.address)
    by = ("--port", port) if port else (variable("port"), given.port)
    check_listening(at, by, language)
    # Streamlit reads the settings in the folder .streamlit beside the script, whatever the working folder.
    where = ("--server.port", str(by[1]), "--server.address", at[1])
    sys.argv = ["streamlit", "run", str(script), *where, *(() if browser else ("--server.headless", "true"))]
    if given.log_form == "json":
        sys.argv += ["--logger.hideWelcomeMessage", "true"]
    if given.trusted_proxies:
        os.environ["FORWARDED_ALLOW_IPS"] = ",".join(given.trusted_proxies)  # which uvicorn reads
    # Which websockets reads; what a provider says about people in many groups is longer than its 8 kB.
    os.environ.setdefault("WEBSOCKETS_MAX_LINE_LENGTH", str(MOST_COOKIE_BYTES))
    if given.oidc_cookie_secret is not None:
        # For the moments of signing in, at whichever process they end.
        os.environ["STREAMLIT_SERVER_COOKIE_SECRET"] = given.oidc_cookie_secret.get_secret_value()
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


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
