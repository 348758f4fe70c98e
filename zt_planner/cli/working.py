"""`zt-planner worker`: does the calculations of dashboards on other machines, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.inputs import LocaleOption, opened_store, plain_errors, unusable
from zt_planner.cli.output import print_line
from zt_planner.defaults import CALCULATIONS_AT_ONCE
from zt_planner.errors import msgid
from zt_planner.language import LanguageCode, language_for
from zt_planner.log_lines import JsonLines
from zt_planner.settings import settings, variable

if TYPE_CHECKING:
    from types import FrameType

    from zt_planner.workspace.runners.queue_service import QueueService


def worker(
    at_once: Annotated[
        int, typer.Option("--at-once", metavar="NUMBER", min=1, max=64, help="Calculations to do at the same time.")
    ] = CALCULATIONS_AT_ONCE,
    locale: LocaleOption = LanguageCode.ENGLISH,
) -> None:
    """Do calculations for dashboards that use the same PostgreSQL database."""
    language = language_for(locale)
    with plain_errors(language), opened_store() as store:
        queue = bootstrap.queue_of(store)
        if queue is None:
            problem = msgid("a worker needs the key that its dashboards have")
            raise unusable(variable("worker_key"), problem, msgid("Set it to the same secret here and there"))
        from zt_planner.workspace.runners.queue_service import QueueService  # noqa: PLC0415 - most commands need no queue

        _set_up_logs()
        print_line(language.say("Waiting for calculations. Press Ctrl+C to stop."))
        # Windows has another loop by default, with which psycopg does not work.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(_run(QueueService(*queue, at_once)))


async def _run(service: QueueService) -> None:
    loop = asyncio.get_running_loop()

    def stop(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(service.stop)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    await service.run()


def _set_up_logs() -> None:
    """Log warnings as text; where the settings ask for JSON, each calculation, too, by its id."""
    from zt_planner.workspace.runners.queue_service import HideLostConnections  # noqa: PLC0415 - as above

    is_json = settings().log_form == "json"
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if is_json else logging.Formatter("%(asctime)s %(message)s"))
    handler.addFilter(HideLostConnections())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("zt_planner").setLevel(logging.INFO if is_json else logging.WARNING)
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # it names the server's address
