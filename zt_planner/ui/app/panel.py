"""The sidebar: few controls in the order of the conversation; everything else is folded away below them.

Laws: where labour is not shown, there is no control of a day rate, nor of what is reckoned from one; controls that
come and go stand in a container that is always there, so that the others stay where they are (`widgets.fields`);
nothing of a fold is computed until it is opened; one that is open stays so on every page, as it is part of the address.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zt_planner.domain.data.parameters import Parameters
from zt_planner.domain.scenario.counts import FOLLOWING, Counts
from zt_planner.domain.scenario.display import Currency
from zt_planner.domain.scenario.fields import ORDER
from zt_planner.domain.scenario.scenario import (
    Mode,
    Monitoring,
    Operator,
    RiskAccess,
    Scenario,
    Segmentation,
    StepOrder,
)
from zt_planner.engine.levelling.limits import limits_of
from zt_planner.engine.plan import AnyPlan
from zt_planner.entries import entry_at
from zt_planner.errors import CellProblem, DayRefused, Place, msgid
from zt_planner.language import Language
from zt_planner.topics.gross_and_currency import percent_of
from zt_planner.topics.inputs.controls import ShownPrice, ShownPrices, hardware_words, shown_prices
from zt_planner.topics.labels import label, product_name
from zt_planner.ui.components.elements import fold, show_caption
from zt_planner.ui.components.forms import Refuse, form_state
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.together.proposals import show_try_button
from zt_planner.ui.state import session, widgets
from zt_planner.ui.widgets import controls, number_fields
from zt_planner.ui.widgets.fields import Field, name_of, scenario_text
from zt_planner.ui.widgets.owned_licences import show_owned_licences


def show_panel(place: DeltaGenerator, plan: AnyPlan, language: Language) -> None:
    """Draw the sidebar's controls."""
    scenario, say, state = plan.scenario, language.say, session.state()
    with place:
        with st.container():  # always there, so that the fields below it stay where they are
            if state.variant is not None:
                name = state.variant.name
                text = say("You are changing variant {letter}: {name}", letter=state.shown, name=name)
                st.caption(f":material/call_split: {plain(text)}")
        show_try_button("panel", language)
        st.subheader(say("Your company"))
        _show_company(scenario, language)
        st.subheader(say("Timeline"))
        _show_timeline(scenario, language)
        st.subheader(say("Choices"))
        _show_choices(scenario, language)
        fold(say("More"), "more", partial(_show_more, plan, language))


def _show_company(scenario: Scenario, language: Language) -> None:
    say = language.say
    number_fields.number(
        "company.employees",
        scenario.company.employees,
        number_fields.PEOPLE,
        language,
        help=say("Everyone with an account, frontline people included."),
    )


def show_levers(scenario: Scenario, language: Language) -> None:
    """Draw the two sliders that a telephone keeps between the sentence and the figures, or what others get."""
    given = scenario.timeline
    with st.container(horizontal=True, wrap=False, key="levers"):
        if not session.may_change():
            show_try_button("levers", language)
            return
        number_fields.lever("company.employees", scenario.company.employees, number_fields.PEOPLE, language)
        if given.mode is Mode.DEADLINE:
            path, value, scale = "timeline.target_months", given.target_months, number_fields.MONTHS
            number_fields.lever(path, value, scale, language)
        else:
            path, days = "timeline.internal_days_per_week", given.internal_days_per_week
            number_fields.lever(path, days, number_fields.DAYS_A_WEEK, language)


def _show_timeline(scenario: Scenario, language: Language) -> None:
    say, given = language.say, scenario.timeline
    controls.segments(
        name_of("timeline.mode", language),
        "timeline.mode",
        given.mode,
        lambda mode: language.write(label(mode)),
        _mode_values,
        help=say("Set the finish date to see the team you need, or set the team to see the date."),
        is_named=False,
    )
    with st.container(gap="xsmall"):
        if given.mode is Mode.DEADLINE:
            number_fields.number(
                "timeline.target_months",
                given.target_months,
                number_fields.MONTHS,
                language,
            )
        else:
            number_fields.number(
                "timeline.internal_days_per_week",
                given.internal_days_per_week,
                number_fields.DAYS_A_WEEK,
                language,
            )
            number_fields.number(
                "timeline.external_days_per_week",
                given.external_days_per_week,
                number_fields.DAYS_A_WEEK,
                language,
            )
    controls.segments(
        name_of("timeline.confidence", language),
        "timeline.confidence",
        given.confidence,
        lambda level: language.write(label(level)),
        partial(_only_this, "timeline.confidence"),
        help=say(
            "How certain the promised budget and finish should be. The plan's own figures are shown next to them."
        ),
    )


def _show_choices(scenario: Scenario, language: Language) -> None:
    say = language.say
    short = {Monitoring.SIEM_AND_MDR: say("Both"), Operator.OWN: say("Your team"), Operator.PARTNER: say("Partner")}
    for name, path, value, help_text in (
        (
            name_of("choices.monitoring", language),
            "choices.monitoring",
            scenario.choices.monitoring,
            say("A SIEM collects and reports; with MDR somebody watches around the clock."),
        ),
        (
            say("Run afterwards by"),
            "choices.operation",
            scenario.choices.operation,
            say(
                "Who runs identities and devices from then on: your team, in days, or a partner (a managed service "
                "provider), for a monthly fee."
            ),
        ),
    ):
        controls.segments(
            name,
            path,
            value,
            lambda option: short.get(option) or language.write(label(option)),
            partial(_only_this, path),
            help=help_text,
        )


def _show_more(plan: AnyPlan, language: Language) -> None:
    say, scenario, prices = language.say, plan.scenario, shown_prices(plan)
    st.subheader(say("Prices"))
    _show_prices(plan, prices, language)
    st.subheader(say("More settings"))
    with number_fields.number(
        "choices.hardware_reuse",
        scenario.choices.hardware_reuse,
        number_fields.PERCENT,
        language,
        help=say("The share of firewalls, switches and access points that can separate networks already."),
    ):
        show_caption(hardware_words(plan.case.size))
    _show_details(plan, prices, language)


def _only_this(path: str, value: object) -> dict[str, object]:
    return {path: value}


def _mode_values(mode: Mode) -> dict[str, object]:
    """Return the fields that a mode sets: team size also keeps the teams that were found for the finish.

    Levelled dates that were set aside come back with the teams that they were found for.
    """
    plan = session.plan()
    chosen: dict[str, object] = {"timeline.mode": mode}
    if mode is Mode.DEADLINE:
        return {**chosen, ORDER: ()}
    if mode is plan.scenario.timeline.mode or plan.scenario.levelling.starts:
        return chosen
    teams = limits_of(plan)
    return chosen | {
        "timeline.internal_days_per_week": teams.internal,
        "timeline.external_days_per_week": teams.external,
    }


def _show_prices(plan: AnyPlan, prices: ShownPrices, language: Language) -> None:
    say, scenario = language.say, plan.scenario
    with st.container():
        _show_licence_price(plan, prices.licence, language)
    with st.container():
        _show_monitoring_prices(scenario, prices, language)
    if not plan.shows_labour:
        return
    with st.container():
        if prices.external_day is not None:
            number_fields.price(
                name_of("labour.external_day_rate", language),
                prices.external_day,
                number_fields.DAY_RATE,
                language,
            )
    number_fields.number(
        "finance.contingency",
        scenario.finance.contingency,
        number_fields.PERCENT,
        language,
        help=say("A reserve on all one-off costs."),
    )


def _mean_words(mdr: ShownPrice, language: Language) -> str:
    """Say that the price is a mean, if an endpoint costs less the more there are."""
    if mdr.mean_of is None:
        return ""
    return language.plural(
        "Mean of {n} endpoint: the price falls by steps.",
        "Mean of {n} endpoints: the price falls by steps.",
        mdr.mean_of,
    )


def _show_licence_price(plan: AnyPlan, licence: ShownPrice | None, language: Language) -> None:
    """Show the price of the mix's largest product, or of the one that has an own price."""
    if licence is None:
        return
    say, name = language.say, language.write(product_name(licence.price_id, session.book()))
    number_fields.price(
        say("Licence, EUR per user and month"),
        licence,
        number_fields.LICENCE_PRICE,
        language,
        help=say(
            "Starts at the price book's price. If you change it, it becomes your own price, in your billing term."
        ),
        name=name,
    )
    if licence.is_own and plan.mix is not None and licence.price_id not in plan.mix.seats:
        st.caption(say("At this price another licence is cheaper: the plan does not use it."))


def _show_monitoring_prices(scenario: Scenario, prices: ShownPrices, language: Language) -> None:
    say, chosen = language.say, scenario.choices.monitoring
    if chosen.has_siem and prices.siem is not None:
        number_fields.price(
            say("SIEM, EUR a month"),
            prices.siem,
            number_fields.MONITORING_PRICE,
            language,
            help=say("Starts at the price book's price for your size. If you change it, it becomes your own price."),
        )
    if chosen.has_mdr and prices.mdr is not None:
        number_fields.price(
            say("MDR, EUR per endpoint and month"),
            prices.mdr,
            number_fields.ENDPOINT_PRICE,
            language,
            help=say(
                "Endpoints are devices and servers; a server counts twice. If you change the price, yours applies to "
                "every endpoint. The provider's minimum fee stays."
            ),
            name=_mean_words(prices.mdr, language),
        )


DAYS_OF_CLOSURE = {"first": msgid("First day"), "last": msgid("Last day")}
CLOSURE_DAY = entry_at("timeline.start")


def _show_details(plan: AnyPlan, prices: ShownPrices, language: Language) -> None:
    say, scenario = language.say, plan.scenario
    company = partial(_show_more_about_company, counts=plan.case.size.counts)
    parameters, shown = plan.case.size.parameters, prices if plan.shows_labour else None
    for key, title, draw_fields in (
        ("licences_today", say("Licences you have today"), partial(show_owned_licences, plan)),
        ("more_about_company", say("More about the company"), company),
        ("choices", say("More choices"), _show_more_choices),
        ("calendar_and_teams", say("Calendar and teams"), partial(_show_calendar_and_teams, parameters=parameters)),
        ("rates", say("Rates and limits"), partial(_show_rates, prices=shown, parameters=parameters)),
        ("display", say("VAT and currency"), partial(_show_vat_and_currency, day=plan.today)),
    ):
        fold(title, key, partial(draw_fields, scenario, language))


def _show_more_about_company(scenario: Scenario, language: Language, counts: Counts) -> None:
    say, company = language.say, scenario.company
    scenario_text("company.name", company.name, language).show()
    number_fields.whole_number(
        "company.frontline",
        company.frontline,
        language,
        company.employees - 1,
        help=say("A frontline person shares a device or works on a small screen, and needs mail but no office suite."),
    )
    number_fields.whole_number("company.devices", counts.devices, language)
    number_fields.whole_number("company.macs", company.macs, language, help=say("Devices with macOS."))
    number_fields.whole_number("company.servers", counts.servers, language)
    number_fields.whole_number(
        "company.machines",
        company.machines,
        language,
        help=say("Machines with a network connection, of production, buildings and laboratories."),
    )
    most_admins = company.employees - company.frontline
    number_fields.whole_number("company.admins", counts.admins, language, most_admins)
    number_fields.whole_number("company.sites", counts.sites, language)
    number_fields.whole_number("company.apps", counts.apps, language)
    number_fields.whole_number("company.remote_users", counts.remote_users, language, company.employees)
    number_fields.full_time_equivalents(company, language)
    controls.switch("company.works_council", company.works_council, language)
    controls.switch(
        "company.local_directory",
        company.local_directory,
        language,
        help=say("Active Directory, for instance. It stays a way in for attackers until it is hardened."),
    )
    st.button(
        say("Estimate from the number of people"),
        key="follow",
        type="tertiary",
        icon=":material/undo:",
        help=say(
            "Devices, servers, administrators, sites, applications and remote users follow the number of people again."
        ),
        disabled=not session.may_change(),
        on_click=widgets.pressed(session.change, dict.fromkeys(f"company.{name}" for name in FOLLOWING)),
    )


def _show_more_choices(scenario: Scenario, language: Language) -> None:
    say, chosen = language.say, scenario.choices

    def named(value: StrEnum) -> str:
        return language.write(label(value))

    for path, value in (
        ("choices.identity_provider", chosen.identity_provider),
        ("choices.billing", chosen.billing),
        ("choices.remote_access", chosen.remote_access),
    ):
        controls.choice(path, value, list(type(value)), named, language)
    controls.choice(
        "choices.segmentation",
        chosen.segmentation,
        list(Segmentation),
        named,
        language,
        help=say(
            "VLANs separate networks. Host firewalls also separate computers within a network: more protection, "
            "more work."
        ),
    )
    controls.choice(
        "choices.risk_access",
        chosen.risk_access,
        list(RiskAccess),
        named,
        language,
        help=say(
            "A sign-in from an unknown place, at an unusual time or with unusual behaviour is checked once more or "
            "refused."
        ),
    )
    controls.several(
        "company.running",
        scenario.company.running,
        named,
        language,
        help=say(
            "It stays and is not bought again. Choose it above too where there is a choice: the plan builds on it."
        ),
    )


def _show_calendar_and_teams(scenario: Scenario, language: Language, parameters: Parameters) -> None:
    say, given = language.say, scenario.timeline
    controls.date_field("timeline.start", given.start, language)
    controls.region("timeline.region", given.region, language)
    controls.switch("timeline.year_end_freeze", given.year_end_freeze, language)
    for path, value in (
        ("timeline.max_internal_days_per_week", given.max_internal_days_per_week),
        ("timeline.max_external_days_per_week", given.max_external_days_per_week),
    ):
        number_fields.decimal_number(path, value, language, help=say("The maximum that the finish date may use."))
    controls.choice(
        "timeline.steps",
        given.steps,
        list(StepOrder),
        lambda order: language.write(label(order)),
        language,
        help=say("One after the other, a step only begins when the work of the step before it is done."),
    )
    reaction = scenario.uncertainty.reaction
    number_fields.decimal_number(
        "uncertainty.reaction",
        parameters.reaction if reaction is None else reaction,
        language,
        may_be_empty=True,
        help=say(
            "If a task costs more work than planned, so much of it is done by more days a week instead of more weeks. "
            "100 keeps the date, 0 lets it go. Leave empty for the usual share."
        ),
    )
    number_fields.decimal_number(
        "timeline.protection_first",
        given.protection_first,
        language,
        help=say("1 starts with what protects most, 0 with what takes longest."),
    )
    _show_closures(scenario, language)


def _show_closures(scenario: Scenario, language: Language) -> None:
    """Show the periods in which nobody works, with buttons to remove and to add one."""
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
                on_click=widgets.pressed(_remove_closure, first, last),
            )
    added, may_change = form_state("closure"), session.may_change()
    for name, title in DAYS_OF_CLOSURE.items():
        Field(
            say(title),
            added.key(name),
            None,
            take=lambda _: None,
            language=language,
            may_change=may_change,
            entry=CLOSURE_DAY,
            may_be_empty=True,
            in_form=True,
        ).draw()
    st.button(
        say("Add"), key="add_closure", disabled=not may_change, on_click=added.sent(partial(_add_closure, language))
    )
    added.explain()


def _add_closure(language: Language, texts: dict[str, str], refuse: Refuse) -> bool:
    """Add a period in which nobody works, of one day without a last day; return whether it is in the plan."""
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
        {"timeline.closures": (*_other_closures(first, last or first), (first, last or first))}, refuse
    )


def _remove_closure(first: date, last: date) -> None:
    session.change({"timeline.closures": _other_closures(first, last)})


def _other_closures(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """Return the other periods, also those that others have added meanwhile."""
    return tuple(span for span in session.state().scenario.timeline.closures if span != (first, last))


def _show_rates(scenario: Scenario, language: Language, prices: ShownPrices | None, parameters: Parameters) -> None:
    """Show own rates, coordination, horizon and cap; without prices, nothing that names an amount."""
    say, labour, finance = language.say, scenario.labour, scenario.finance
    cost = None if prices is None else prices.internal_day
    if cost is not None:
        number_fields.decimal_number(
            cost.path,
            cost.amount,
            language,
            label=name_of("labour.internal_day_cost", language),
            may_be_empty=True,
        )
        number_fields.whose_price(cost, language)
    coordination = labour.coordination_share
    for team, share, usual in (
        ("internal", coordination.internal, parameters.coordination_internal),
        ("external", coordination.external, parameters.coordination_external),
    ):
        number_fields.decimal_number(
            f"labour.coordination_share.{team}",
            usual if share is None else share,
            language,
            may_be_empty=True,
            help=say("Days of steering for each hundred days of work. Leave empty for the usual share."),
        )
    number_fields.whole_number("finance.horizon_months", finance.horizon_months, language)
    if prices is None:
        return
    number_fields.decimal_number(
        "finance.monthly_cap",
        finance.monthly_cap,
        language,
        may_be_empty=True,
        help=say(
            "Leave empty for no limit. Months above the limit are listed; reordering the tasks, on the “What if” page, "
            "keeps within it."
        ),
    )


def _show_vat_and_currency(scenario: Scenario, language: Language, day: date) -> None:
    say, shown, book = language.say, scenario.display, session.book()

    def named(country: str) -> str:
        rate = book.vat_on(country, day)
        name = language.country(country) if country else say("None: net amounts only")
        return name if rate is None else f"{name}, {language.write(percent_of(rate))}"

    controls.choice(
        "display.vat_country",
        shown.vat_country or "",
        ["", *book.vat_countries],
        named,
        language,
        help=say("Each amount is also shown with the standard rate of this country."),
    )
    controls.choice(
        "display.currency",
        shown.currency,
        list(Currency),
        lambda currency: say("EUR only") if currency is Currency.EUR else str(currency),
        language,
        help=say("Each amount is also shown at the price book's exchange rate. Plans are calculated in EUR."),
    )
