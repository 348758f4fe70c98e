"""The pages' charts and pictures with their description, each drawn once per plan, language, palette and view.

The address keeps which steps of the picture are open, so that a link opens the same view (ADR 0054). Law: what was
built once is not built again. Cached charts are shared by all readers and never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial, wraps
from inspect import signature
from itertools import compress
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import streamlit as st

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.engine.compare.comparison import Comparison, Variant
from zt_planner.engine.costing.budget import accrual, payment
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import Language
from zt_planner.media.web.picture import SCRIPT, STYLE, data_of
from zt_planner.topics.block import ChartBlock, Drawing
from zt_planner.topics.palette import DARK, LIGHT, Palette
from zt_planner.topics.picture.whole import budget_of, folded, picture_of, roadmap_of
from zt_planner.ui.state import session, widgets
from zt_planner.workspace.plans import Cache

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Given = ParamSpec("Given")
Result = TypeVar("Result")
SETTINGS = {"displayModeBar": False, "responsive": True}
MONTH_OF = {"used": accrual, "paid": payment}
"""The month in which a line counts, by the view that a reader chose."""


def _version(plan: AnyPlan) -> tuple[str, ...]:
    """Return what identifies a plan: plans with the same version have the same charts."""
    shown = "with labour" if plan.shows_labour else "without labour"
    return plan.scenario.version, plan.case.book.version, plan.case.base_model.version, plan.today.isoformat(), shown


def page_palette() -> Palette:
    """Return the colours for the page's theme; light if the browser does not report it."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def _key_of(argument: object) -> Hashable:
    """Return the part of the cache key that an argument stands for."""
    if isinstance(argument, AnyPlan):
        return _version(argument)
    if isinstance(argument, PriceBook):
        return argument.version
    if isinstance(argument, Variant):
        return argument.letter, argument.name, *_version(argument.plan)
    if isinstance(argument, Comparison):
        return tuple(map(_key_of, argument.variants))
    if isinstance(argument, partial):
        return argument.func, *map(_key_of, argument.args), *argument.keywords.items()
    return argument.code if isinstance(argument, Language) else argument


def remembered(build: Callable[Given, Result]) -> Callable[Given, Result]:
    """Cache the results of a function by plan or comparison, language, palette and view, for all pages.

    Arguments whose names begin with an underscore follow from the others and are no part of the key.
    """
    kept: Cache[Hashable, Result] = Cache(128)
    counts = [not name.startswith("_") for name in signature(build).parameters]

    @wraps(build)
    def cached(*arguments: Given.args, **named: Given.kwargs) -> Result:
        key = tuple(map(_key_of, (*compress(arguments, counts), *named.values())))
        return kept.get(key, lambda: build(*arguments, **named))

    return cached


def show_chart(chart: ChartBlock, **pressing: Any) -> None:  # noqa: ANN401 - what Streamlit knows of presses
    """Show a chart with its description; a `partial` of equal values is drawn once."""
    language = session.language()
    draw = remembered_figure if isinstance(chart.draw, partial) else figure_of
    figure = draw(chart.draw, language, page_palette())
    st.plotly_chart(figure, key=chart.name, config=SETTINGS, alt=language.write(chart.alt), **pressing)


def figure_of(draw: Callable[[Palette], Drawing], language: Language, palette: Palette) -> Figure:
    """Return a chart as plotly takes it; ValueError where it has a property that plotly does not know."""
    from plotly.graph_objects import Figure  # noqa: PLC0415 - the first page has no such chart

    drawing = language.written(draw(palette))
    return Figure(drawing["data"], {**drawing["layout"], "separators": language.separators})


remembered_figure = remembered(figure_of)


OPEN, PRESSED = "open", "step"
"""The parameter of the address with the open steps; what the component calls a step that was pressed."""


def picture_component(kind: str) -> Callable[..., Any]:
    """Return the component; its kind fixes its height before anything is drawn."""
    return st.components.v2.component(
        f"zt_planner_picture_{kind}",
        html=f'<figure class="picture {kind}"></figure>',
        css=STYLE,
        js=SCRIPT,
    )


_whole, _roadmap, _steps, _budget = map(picture_component, ("whole", "roadmap", "steps", "budget"))


@remembered
def _picture_data(
    plan: Plan, language: Language, palette: Palette, opened: tuple[Step, ...], before: Plan | None
) -> dict[str, Any]:
    return data_of(picture_of(plan, palette, opened=opened, before=before), language)


@remembered
def _roadmap_data(
    plan: Plan,
    language: Language,
    palette: Palette,
    before: Plan | None,
    has_links: bool,  # noqa: FBT001 - what is remembered is told apart by it
) -> dict[str, Any]:
    return data_of(roadmap_of(plan, palette, opened=tuple(Step), before=before, has_links=has_links), language)


@remembered
def _proposal_data(plan: Plan, language: Language, palette: Palette, before: Plan | None) -> dict[str, Any]:
    return data_of(folded(roadmap_of(plan, palette, opened=tuple(Step), before=before)), language)


@remembered
def _budget_data(plan: Plan, language: Language, palette: Palette, view: str, before: Plan | None) -> dict[str, Any]:
    return data_of(budget_of(plan, palette, month_of=MONTH_OF[view], before=before), language)


def show_picture(plan: Plan, language: Language, before: Plan | None = None) -> None:
    """Show roadmap and money, the steps in the address open, and the compared plan as ghosts."""
    opened = tuple(step for step in Step if step in st.query_params.get_all(OPEN))
    data = _picture_data(plan, language, page_palette(), opened, before)
    _whole(key="picture", data={**data, "tells": True}, on_step_change=widgets.sent("picture", _toggle_step))


def _toggle_step(held: dict[str, Any]) -> None:
    pressed, opened = held.get("", {}).get(PRESSED), st.query_params.get_all(OPEN)
    st.query_params[OPEN] = [step for step in Step if (step in opened) != (step == pressed)]


def show_roadmap(plan: Plan, language: Language, before: Plan | None = None, *, has_links: bool = False) -> None:
    """Show the roadmap alone with all its tasks, and their dependencies on request; a press closes a step."""
    _roadmap(key="roadmap", data=_roadmap_data(plan, language, page_palette(), before, has_links))


def show_proposal(plan: Plan, language: Language, before: Plan | None) -> None:
    """Show the roadmap of a proposal by step, with the current plan as ghosts; a press opens a step."""
    _steps(key="proposal", data=_proposal_data(plan, language, page_palette(), before))


def show_budget(plan: Plan, language: Language, view: str, before: Plan | None = None) -> None:
    """Show the money over the whole horizon, by use or by payment."""
    _budget(key="budget", data=_budget_data(plan, language, page_palette(), view, before))
