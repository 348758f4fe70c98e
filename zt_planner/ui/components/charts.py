"""The pages' charts and pictures with their description, each drawn once per plan, language, palette and view.

The address keeps which steps of the picture are open, so that a link opens the same view (ADR 0054). Law: what was
built once is not built again. Cached charts are shared by all readers and never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
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
from zt_planner.language import Language, Words
from zt_planner.media.web.picture import SCRIPT, STYLE, data_of
from zt_planner.topics.block import ChartBlock, Drawing, PictureBlock, PictureForm
from zt_planner.topics.palette import DARK, LIGHT, Palette
from zt_planner.topics.picture.whole import Picture, picture_of
from zt_planner.topics.view import View
from zt_planner.ui.state import session, widgets
from zt_planner.workspace.plans import Cache

if TYPE_CHECKING:
    from datetime import date

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
    if isinstance(argument, View):
        argument = argument.plan
    if isinstance(argument, AnyPlan):
        return _version(argument)
    if isinstance(argument, PriceBook):
        return argument.version
    if isinstance(argument, Variant):
        return argument.letter, argument.name, *_version(argument.plan)
    if isinstance(argument, Comparison):
        return tuple(map(_key_of, argument.variants))
    if isinstance(argument, partial):
        named = ((name, _key_of(value)) for name, value in sorted(argument.keywords.items()))
        return argument.func, *map(_key_of, argument.args), *named
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


def _component(form: PictureForm) -> Callable[..., Any]:
    """Return the component of a form, which fixes its height before anything is drawn."""
    return st.components.v2.component(
        f"zt_planner_picture_{form}",
        html=f'<figure class="picture {form}"></figure>',
        css=STYLE,
        js=SCRIPT,
    )


COMPONENTS = {form: _component(form) for form in PictureForm}


@remembered
def _picture_data(draw: partial[Picture], language: Language, palette: Palette, _alt: Words = "") -> dict[str, Any]:
    """Return a picture as it is sent, with the description of its block, if it is one."""
    picture = draw(palette)
    return data_of(replace(picture, alt=_alt or picture.alt), language)


def show_picture(picture: PictureBlock) -> None:
    """Show a picture; where its steps have tasks, a press on one opens or closes it."""
    data = _picture_data(picture.draw, session.language(), page_palette(), picture.alt)
    COMPONENTS[picture.form](key=picture.name, data=data)


def show_plan(plan: Plan, language: Language, before: Plan | None, promised: date | None) -> None:
    """Show roadmap and money, the steps in the address open, the promised finish, and the compared plan as ghosts."""
    opened = tuple(step for step in Step if step in st.query_params.get_all(OPEN))
    draw = partial(picture_of, plan, opened=opened, before=before, promised=promised)
    data = _picture_data(draw, language, page_palette())
    whole, change = COMPONENTS[PictureForm.WHOLE], widgets.sent("picture", _toggle_step)
    whole(key="picture", data={**data, "tells": True}, on_step_change=change)


def _toggle_step(held: dict[str, Any]) -> None:
    pressed, opened = held.get("", {}).get(PRESSED), st.query_params.get_all(OPEN)
    st.query_params[OPEN] = [step for step in Step if (step in opened) != (step == pressed)]
