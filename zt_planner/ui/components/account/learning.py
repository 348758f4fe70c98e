"""What somebody's finished plans teach, as a table to tick, kept as a catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import streamlit as st

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.learning import LearnedTask, finished_plan, is_finished, kept_promises, learned
from zt_planner.language import Language
from zt_planner.topics.learning import NOTHING_FINISHED, kept_lines, learned_table, learning_note
from zt_planner.topics.view import View
from zt_planner.ui.components.elements import fold, show_caption, show_lines, show_text
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets
from zt_planner.workspace import State
from zt_planner.workspace.keys import Account

MOST_READ = 50
"""Sessions, the ones that were used last."""
TAKEN = "taken"


def show_learning(account: Account, language: Language) -> None:
    """Show what the account's finished plans teach, once it is asked for."""
    title = language.say("Learn from my finished plans")
    fold(title, "learning", partial(_show_learned, account, language), ":material/school:")


def _show_learned(account: Account, language: Language) -> None:
    workspace = session.workspace()
    plans = [
        finished_plan(view.plan, workspace.plans.promised(view), workspace.phase_model)
        for view in _views(account, language)
        if is_finished(view.plan)
    ]
    found, kept = tuple(learned(plans, workspace.phase_model)), kept_lines(kept_promises(plans))
    if not found:
        show_lines(list(kept))
        show_text(NOTHING_FINISHED)
        return
    show_lines([*kept, learning_note()])
    chosen, name = _show_table(found, language), language.say("Learned efforts")
    st.button(
        plain(language.say("Keep them as a catalogue")),
        key="learning:keep",
        icon=":material/bookmark_add:",
        disabled=not chosen,
        on_click=widgets.pressed(_keep, account, chosen, name),
    )
    show_caption(language.say("They are kept as “{name}”, in the place of what is there.", name=name))


def _views(account: Account, language: Language) -> Iterator[View]:
    """Yield the plans of the account's sessions, as far as it may see them."""
    for scenario, sees_labour in session.query_or(partial(_scenarios, account), ()):
        view = session.workspace().plans.view(scenario, language, shows_labour=sees_labour)
        if isinstance(view, View):
            yield view


def _scenarios(account: Account, _: State) -> tuple[tuple[Scenario, bool], ...]:
    return session.workspace().accounts.under_way(account, MOST_READ)


def _show_table(found: Sequence[LearnedTask], language: Language) -> tuple[LearnedTask, ...]:
    """Show what was learned of each task; return what stays ticked."""
    table = language.written(learned_table(found))
    titles = [str(title) for title in table.columns]
    rows = [{TAKEN: True, **dict(zip(titles, cells, strict=True))} for cells in table.rows]
    ticks = st.column_config.CheckboxColumn(language.say("Take over"), width="small")
    edited = st.data_editor(
        rows,
        key="learning:rows",
        hide_index=True,
        column_config={TAKEN: ticks},
        disabled=titles,
        alt=language.say("What your finished plans took"),
    )
    return tuple(each for each, row in zip(found, edited, strict=True) if row[TAKEN])


def _keep(account: Account, found: Sequence[LearnedTask], name: str) -> None:
    session.change_session(lambda state: session.workspace().catalogues.keep_learned(account, state, found, name))
