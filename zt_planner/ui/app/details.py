"""Settings that are asked once, folded in the sidebar below the main controls.

Laws: nothing of a fold is computed until it is opened; one that is open stays so
on every page, as it is part of the address.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.scenario.display import Currency
from zt_planner.domain.scenario.scenario import Billing, IdentityProvider, RemoteAccess, Segmentation
from zt_planner.errors import CellProblem, DayRefused, Place, msgid
from zt_planner.topics.gross_and_currency import percent_of
from zt_planner.topics.inputs.field_names import FOLLOWING_FIELDS
from zt_planner.topics.inputs.typed_forms import day_form_of
from zt_planner.topics.labels import label
from zt_planner.ui.components.components import fold
from zt_planner.ui.components.forms import form
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets
from zt_planner.ui.widgets import controls, number_fields
from zt_planner.ui.widgets.fields import asked_day, scenario_text

if TYPE_CHECKING:
    from datetime import date
    from enum import StrEnum

    from zt_planner.domain.scenario.counts import Counts
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.inputs.controls import ShownPrices
    from zt_planner.ui.components.forms import Refuse


DAYS_OF_CLOSURE = {"first": msgid("First day"), "last": msgid("Last day")}
CLOSURE_DAY = day_form_of("timeline.start")


def draw(plan: Plan, prices: ShownPrices, language: Language) -> None:
    """Draw the folds, and the fields of those that are open."""
    say, scenario = language.say, plan.scenario
    company = partial(more_about_company, counts=plan.case.size.counts)
    for key, title, draw_fields in (
        ("more_about_company", say("More about the company"), company),
        ("choices", say("More choices"), choices),
        ("calendar_and_teams", say("Calendar and teams"), calendar_and_teams),
        ("rates", say("Rates and limits"), partial(rates, prices=prices if plan.shows_labour else None)),
        ("display", say("VAT and currency"), partial(display, day=plan.today)),
    ):
        fold(title, key, partial(draw_fields, scenario, language))


def more_about_company(scenario: Scenario, language: Language, counts: Counts) -> None:
    """Draw name, machines and places."""
    say, company = language.say, scenario.company
    scenario_text(say("Company name"), "company.name", company.name, language).show()
    number_fields.whole_number(
        say("Frontline people"), "company.frontline", company.frontline, language, company.employees - 1
    )
    number_fields.whole_number(say("Devices"), "company.devices", counts.devices, language)
    number_fields.whole_number(say("Servers"), "company.servers", counts.servers, language)
    most_admins = company.employees - company.frontline
    number_fields.whole_number(say("Administrators"), "company.admins", counts.admins, language, most_admins)
    number_fields.whole_number(say("Sites"), "company.sites", counts.sites, language)
    number_fields.whole_number(say("Business applications"), "company.apps", counts.apps, language)
    number_fields.whole_number(
        say("Remote users"), "company.remote_users", counts.remote_users, language, company.employees
    )
    controls.switch(say("There is a works council"), "company.works_council", company.works_council)
    st.button(
        say("Estimate from the number of people"),
        key="follow",
        type="tertiary",
        icon=":material/undo:",
        help=say(
            "Devices, servers, administrators, sites, applications and remote users follow the number of people again."
        ),
        disabled=not session.may_change(),
        on_click=widgets.pressed(session.change, dict.fromkeys(FOLLOWING_FIELDS)),
    )


def choices(scenario: Scenario, language: Language) -> None:
    """Draw who signs people in, how licences are billed, remote access and segmentation."""
    say, chosen = language.say, scenario.choices

    def named(value: StrEnum) -> str:
        return label(value, language)

    controls.choice(
        say("Identity provider"), "choices.identity_provider", chosen.identity_provider, list(IdentityProvider), named
    )
    controls.choice(say("Billing of licences"), "choices.billing", chosen.billing, list(Billing), named)
    controls.choice(say("Remote access"), "choices.remote_access", chosen.remote_access, list(RemoteAccess), named)
    controls.choice(
        say("Segmentation"),
        "choices.segmentation",
        chosen.segmentation,
        list(Segmentation),
        named,
        help=say(
            "VLANs separate networks. Host firewalls also separate computers within a network: more protection, "
            "more work."
        ),
    )


def calendar_and_teams(scenario: Scenario, language: Language) -> None:
    """Draw when it starts, and what limits the schedule."""
    say, given = language.say, scenario.timeline
    controls.date_field(say("Start"), "timeline.start", given.start, language)
    controls.region(say("Region of the public holidays"), "timeline.region", given.region, language)
    controls.switch(
        say("Nobody works from 24 December to 1 January"), "timeline.year_end_freeze", given.year_end_freeze
    )
    for team, path, value in (
        (say("Your team, most days a week"), "max_internal_days_per_week", given.max_internal_days_per_week),
        (say("Consultant, most days a week"), "max_external_days_per_week", given.max_external_days_per_week),
    ):
        number_fields.decimal_number(
            team, f"timeline.{path}", value, language, help=say("The maximum that the finish date may use.")
        )
    number_fields.decimal_number(
        say("Protect early (1) or finish early (0)"),
        "timeline.protection_first",
        given.protection_first,
        language,
        help=say("1 starts with what protects most, 0 with what takes longest."),
    )
    closures(scenario, language)


def closures(scenario: Scenario, language: Language) -> None:
    """Draw the spans in which nobody works, each with a button that takes it away, and one to add."""
    say, spans = language.say, scenario.timeline.closures
    st.caption(say("Company holidays and change freezes"))
    with st.container():
        for first, last in spans:
            st.button(
                plain(language.span(first, last)),
                key=f"closure:{first}:{last}",
                icon=":material/delete:",
                help=say("Remove this period"),
                disabled=not session.may_change(),
                on_click=widgets.pressed(open_closure, first, last),
            )
    added, may_change = form("closure"), session.may_change()
    for name, title in DAYS_OF_CLOSURE.items():
        asked_day(say(title), added.key(name), CLOSURE_DAY, language, may_change=may_change)
    st.button(
        say("Add"), key="add_closure", disabled=not may_change, on_click=added.sent(partial(add_closure, language))
    )
    added.explain(language)


def add_closure(language: Language, texts: dict[str, str], refuse: Refuse) -> bool:
    """Add a span in which nobody works, of one day where there is no last one; return whether it is in the plan."""
    days: dict[str, date] = {}
    for name, title in DAYS_OF_CLOSURE.items():
        place = Place(language.say(title))
        try:
            if texts[name].strip():
                days[name] = CLOSURE_DAY.read(texts[name], language)
            elif name == "first":
                refuse(CellProblem(place, msgid("there is no date"), msgid("Choose one")))
                return False
        except DayRefused as refused:
            refuse(CellProblem(place, refused.problem, refused.remedy, **refused.values))
            return False
    first, last = days["first"], days.get("last")
    return session.change(
        {"timeline.closures": (*closures_beside(first, last or first), (first, last or first))}, refuse
    )


def open_closure(first: date, last: date) -> None:
    """Take a span in which nobody works away."""
    session.change({"timeline.closures": closures_beside(first, last)})


def closures_beside(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """Return the other spans; what others have added or taken meanwhile stays so."""
    return tuple(span for span in session.state().scenario.timeline.closures if span != (first, last))


def rates(scenario: Scenario, language: Language, prices: ShownPrices | None) -> None:
    """Draw own rates, coordination, horizon and cap; without prices those that name no amount."""
    say, labour, finance = language.say, scenario.labour, scenario.finance
    cost = None if prices is None else prices.internal_day
    if cost is not None:
        number_fields.decimal_number(
            say("Internal person-day, EUR"), cost.path, cost.amount, language, may_be_empty=True
        )
        number_fields.whose_price(cost, language)
    coordination = labour.coordination_days_per_month
    for name, path, value in (
        (say("Coordination, internal days a month"), "internal", coordination.internal),
        (say("Coordination, consultant's days a month"), "external", coordination.external),
    ):
        number_fields.decimal_number(name, f"labour.coordination_days_per_month.{path}", value, language)
    number_fields.whole_number(say("Horizon in months"), "finance.horizon_months", finance.horizon_months, language)
    if prices is None:
        return
    number_fields.decimal_number(
        say("Monthly cap, EUR"),
        "finance.monthly_cap",
        finance.monthly_cap,
        language,
        may_be_empty=True,
        help=say(
            "Leave empty for no limit. Months above the limit are listed; levelling, on the Limits page, "
            "keeps within it."
        ),
    )


def display(scenario: Scenario, language: Language, day: date) -> None:
    """Draw the settings for VAT and another currency."""
    say, shown, book = language.say, scenario.display, session.book()

    def named(country: str) -> str:
        rate = book.vat_on(country, day)
        name = language.country(country) if country else say("None: net amounts only")
        return name if rate is None else f"{name}, {percent_of(rate, language)}"

    controls.choice(
        say("Show amounts with VAT"),
        "display.vat_country",
        shown.vat_country or "",
        ["", *book.vat_countries],
        named,
        help=say("Each amount is also shown with the standard rate of this country."),
    )
    controls.choice(
        say("Show amounts in another currency"),
        "display.currency",
        shown.currency,
        list(Currency),
        lambda currency: say("EUR only") if currency is Currency.EUR else str(currency),
        help=say("Each amount is also shown at the price book's exchange rate. Plans are calculated in EUR."),
    )
