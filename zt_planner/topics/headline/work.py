"""The key figures of work: the teams' days and their days a week, and what operation takes once all is done."""

from __future__ import annotations

from functools import partial

from zt_planner.domain.plan import Team
from zt_planner.errors import msgid
from zt_planner.topics.figure import Card, Figure, FigureList, FigureUnit
from zt_planner.topics.headline import words
from zt_planner.topics.operation.traces import explain_operation
from zt_planner.topics.roadmap.work_traces import DAYS_RULE, explain_average, explain_capacity, explain_days

WORK: tuple[Figure, ...] = (
    Figure(
        name="internal_days",
        title=msgid("Internal work"),
        rule=DAYS_RULE,
        unit=FigureUnit.DAYS,
        explain=partial(explain_days, team=Team.INTERNAL),
        related=(
            "internal_value",
            "internal_days_per_week",
            "internal_days_per_week_average",
            "external_days",
            "external_days_per_week",
        ),
        card=Card(words.own_team, words.work_help, title=msgid("Your own team"), place=4),
        sheet_title=msgid("Internal work, person-days"),
    ),
    Figure(
        name="external_days",
        title=msgid("External work"),
        rule=DAYS_RULE,
        unit=FigureUnit.DAYS,
        explain=partial(explain_days, team=Team.EXTERNAL),
        sheet_title=msgid("External work, person-days"),
    ),
    Figure(
        name="internal_days_per_week",
        title=msgid("Internal team, days a week"),
        unit=FigureUnit.DAYS_A_WEEK,
        explain=partial(explain_capacity, team=Team.INTERNAL),
        list_title=msgid("Internal team"),
        list_value=words.own_team,
        sheet_title=msgid("Internal team, days a week at most"),
    ),
    Figure(
        name="external_days_per_week",
        title=msgid("External team, days a week"),
        unit=FigureUnit.DAYS_A_WEEK,
        explain=partial(explain_capacity, team=Team.EXTERNAL),
        list_title=msgid("External team"),
        list_value=words.external_team,
        sheet_title=msgid("External team, days a week at most"),
    ),
    Figure(
        name="internal_days_per_week_average",
        title=msgid("Internal team, days a week on average"),
        rule=msgid(
            "The own team's days for tasks, coordination not counted, divided by the weeks of five working "
            "days from start to finish. The team's days a week are its maximum; this is its average."
        ),
        unit=FigureUnit.DAYS_A_WEEK,
        explain=explain_average,
        places=FigureList.SUMMARY,
    ),
    Figure(
        name="operation_days_monthly",
        title=msgid("Operation by your team"),
        rule=msgid(
            "The days that your own team needs every month once the introduction is done, in the first month after "
            "the finish (rule M23). This is effort, not cash, and not part of the internal work of the introduction."
        ),
        unit=FigureUnit.DAYS_A_MONTH,
        explain=explain_operation,
        related=("run_rate_monthly", "internal_days"),
        sheet_title=msgid("Operation by your team, person-days a month"),
    ),
)
