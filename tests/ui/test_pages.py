"""Every page shows the headline, its picture with words for it, and its table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

import pytest

from tests.figures import cents, default_figures, default_sentence, drawn, euros
from tests.handouts import handout
from tests.ui.meeting import texts
from tests.ui.screen import Screen, said
from tests.words import ENGLISH, GERMAN, plain
from zt_planner.domain.finding import Severity
from zt_planner.domain.money import ZERO, rounded
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import LanguageCode
from zt_planner.topics.decisions.figures import stage_rows
from zt_planner.ui.addresses import PLAN_PAGE
from zt_planner.ui.pages import prices
from zt_planner.workspace.runners.job_runner import Jobs

PAGES: dict[str, tuple[int, list[int | None]]] = {
    "plan": (1, []),
    "roadmap": (1, []),
    "what_if": (0, []),
    "budget": (1, [2]),
    "how_sure": (1, [3, 3, None]),
    "why_do_it": (1, []),
    "nis2": (1, []),
    "prices": (0, [None]),
}
"""The charts of each page, the picture included, and the rows of its tables for the default scenario.

None: as many as the data make. What if draws nothing before there are variants, and its table is worked out beside it.
"""

PICTURES = {"plan": "picture", "roadmap": "roadmap", "budget": "budget"}

ENDLESS = (
    b'{"company": {"employees": 5000, "apps": 500},'
    b' "timeline": {"mode": "capacity", "internal_days_per_week": 0.25, "external_days_per_week": 0.25}}'
)
WITHOUT_MIX = b'{"timeline": {"start": "2021-03-01"}}'
"""The book has no licence price as old as that."""

EARLY = b'{"timeline": {"start": "2025-09-01"}}'
"""The book has a rate of exchange from later on only."""

LINK = "More: How sure?"

SIDEBAR = ["Ihr Unternehmen", "Zeitplan", "Optionen", "Preise", "Weitere Einstellungen"]

every_page = pytest.mark.parametrize("page", PAGES)


def test_a_new_visitor_reads_the_answer(screen: Screen) -> None:
    screen.run()
    figures, promise = default_figures(), drawn(handout()).promise
    assert plain(screen.headline) == default_sentence()
    assert [plain(value) for value, _ in screen.figures.values()] == [
        euros(promise.rounded_budget or ZERO),
        f"{promise.finish:%-d %b %Y}",
        f"{promise.mfa:%-d %b %Y}",
        f"{rounded(promise.internal_days, 0)} days",
        euros(figures.run_rate_monthly),
    ]
    assert not screen.errors
    assert any("This is an example" in text for text in screen.captions)


@pytest.mark.parametrize(
    ("page", "table"),
    [
        ("budget", "zt_planner.topics.operation.operation.activity_table"),
        ("budget", "zt_planner.ui.pages.budget.stage_table"),
        ("prices", "zt_planner.ui.pages.prices.share_table"),
    ],
)
def test_a_folded_table_is_not_made(screen: Screen, page: str, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, None)
    screen.go(page)
    assert not screen.app.exception


def answers() -> dict[str, str]:
    """Return how the sentence of its own begins with which each page answers its question."""
    return {
        "plan": "Both together are ",
        "roadmap": "As planned, the work takes ",
        "budget": f"As planned: {ENGLISH.money(default_figures().introduction_budget)} for the introduction",
        "how_sure": "Both together are ",
        "why_do_it": "If you do nothing, these protections stay missing. As planned, they are in place: MFA on ",
        "what_if": "Each line says what it costs",
        "nis2": "The finished plan supports 15 of 49 points, 19 more in part",
        "prices": "Money: 20.0% from a third party, 1.1% assumed, ",
        "share": "This plan is in this browser only.",
        "record": "Nothing has been changed yet.",
    }


@every_page
def test_a_page_shows_headline_answer_picture_with_words_for_it_and_table(screen: Screen, page: str) -> None:
    charts, rows = PAGES[page]
    screen.go(page)
    assert plain(screen.headline) == default_sentence()
    assert screen.answer.startswith(answers()[page])
    alts = [chart.proto.alt for chart in screen.app.get("plotly_chart")]
    alts += [screen.picture(PICTURES[page])["alt"]] if page in PICTURES else []
    assert len(alts) == charts
    assert all(len(alt) > 80 for alt in alts)
    assert all(alt[-1] == "." for alt in alts)
    found = [len(table) for table in screen.tables]
    assert all(found)
    assert found == [count if wanted is None else wanted for count, wanted in zip(found, rows, strict=True)]
    assert not screen.errors


def test_what_if_shows_what_can_be_tried_in_a_table_and_draws_nothing_for_it(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    screen.go("what_if")
    assert {"MDR instead of SIEM", "Without: Step 5 Monitoring"} <= set(screen.table("What if")["What if"])
    assert not screen.app.get("plotly_chart")
    assert not screen.warnings


def test_the_first_screen_opens_its_tables(screen: Screen) -> None:
    assert not screen.run().tables
    (tasks,) = Screen(screen.language.code, table="tasks").run().tables
    assert len(tasks) == len(screen.plan.tasks)
    with_money = Screen(screen.language.code, table="money").run()
    (money,) = with_money.tables
    assert len(money) > 9
    assert screen.language.money(screen.plan.headlines.first_year_budget) in set(money.iloc[:, -1])
    assert not with_money.press("picture_again").tables


@pytest.mark.parametrize(
    "figure",
    ["promised_budget", "promised_finish", "promised_mfa_date", "promised_internal_days", "run_rate_monthly"],
)
def test_a_figure_answers_why(screen: Screen, figure: str) -> None:
    screen.run().press(f"why:{figure}")
    assert [len(table) > 0 for table in screen.tables] == [True]
    shown = cents(drawn(handout()).promise.budget or ZERO).replace(" ", "\N{NO-BREAK SPACE}")
    assert figure != "promised_budget" or any(shown in element.value for element in screen.app.markdown)


def test_an_explanation_leads_to_its_page(screen: Screen) -> None:
    screen.run().press("why:promised_budget").follow(LINK)
    assert len(screen.table("Get quotes for these first"))


@pytest.mark.parametrize(
    "leave", [lambda screen: screen.press("why:promised_budget").follow(LINK), lambda screen: screen.go("budget")]
)
def test_what_is_unfolded_stays_so_on_another_page(screen: Screen, leave: Callable[[Screen], Screen]) -> None:
    screen.unfold("fold:rates", "fold:choices")
    leave(screen)
    assert screen.has("finance.horizon_months")
    assert screen.has("choices.billing")
    assert not screen.has("timeline.year_end_freeze")


@pytest.mark.extended
@pytest.mark.parametrize("name", ["ONE_OFF_TOTAL", "HORIZON_TOTAL", "INTERNAL_VALUE"])
def test_a_total_of_the_budget_answers_why(screen: Screen, name: str) -> None:
    before = len(screen.go("budget").tables)
    screen.press(f"why:{name.lower()}")
    assert len(screen.tables) == before + 1
    assert len(screen.figures) == 3


@pytest.mark.extended
def test_a_price_finding_looks_as_grave_as_it_is(screen: Screen) -> None:
    screen.load(EARLY).go("prices", "fold:price_findings")
    grave = Counter(finding.severity for finding in screen.plan.findings if finding.code in prices.PRICE_CODES)
    assert grave[Severity.INFO] == len(screen.app.info) > 0
    assert grave[Severity.WARNING] == len(screen.warnings) > 0


@pytest.mark.extended
def test_the_budget_says_why_these_licences(screen: Screen) -> None:
    screen.load(b'{"company": {"employees": 350}}').go("budget", "fold:reasons")
    said = " ".join(element.value for element in screen.app.markdown)
    assert "Every seat of the family Microsoft 365 Business is taken" in said
    assert "The next best mix costs" in said


@pytest.mark.extended
def test_the_budget_says_what_stopping_after_a_step_means(screen: Screen) -> None:
    screen.go("budget", "fold:stages")
    stages = next(table for table in screen.tables if "Decide on" in table.columns)
    assert len(stages) == 5
    assert any("Approve stage 1 now" in element.value for element in screen.app.markdown)
    notes = ("A protection counts from the end of the task", "The stages add up to")
    assert any(all(note in element.value for note in notes) for element in screen.app.caption)
    screen.press("why:stage:1:to_approve")
    assert any(
        "What is spent and committed at the end of this stage" in element.value for element in screen.app.markdown
    )


@pytest.mark.extended
def test_the_budget_of_a_plan_under_way_asks_for_the_stage_that_is_next(screen: Screen) -> None:
    at = stage_rows(screen.go("budget").plan)[0].stage.gate
    days = {task.task.id: (task.start, task.finish) for task in screen.plan.tasks if task.finish <= at}
    tasks = {name: {"started": f"{start}", "finished": f"{finish}"} for name, (start, finish) in days.items()}
    screen.load(json.dumps({"status": {"at": f"{at}", "tasks": tasks}}).encode()).go("budget")
    assert any("Approve stage 2 now" in element.value for element in screen.app.markdown)
    assert screen.has("why:stage:2:to_approve")


@pytest.mark.extended
def test_the_prices_show_where_licences_become_dearer(screen: Screen) -> None:
    screen.go("prices", "fold:jumps")
    radar = screen.app.get("plotly_chart")[0].proto
    assert any("The next jump comes with person 301: every seat of the family" in text for text in texts(screen))
    assert "Okta from person " in radar.alt
    some = list(screen.table("Jumps in licence cost")["From person"])
    assert "301" in some  # the cap of a family of seats, whatever a seat costs
    screen.move("people_shown", "all")
    assert set(some) < set(screen.table("Jumps in licence cost")["From person"])


@pytest.mark.extended
def test_the_curves_are_kept_while_the_number_of_people_moves(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.go("prices", "fold:jumps")
    curves = screen.app.get("plotly_chart")[0].proto.spec
    monkeypatch.setattr(prices, "radar_of", None)
    screen.move("company.employees:slider", 137)
    radar = screen.app.get("plotly_chart")[0].proto
    assert "For 137 people:" in radar.alt
    assert radar.spec != curves


@pytest.mark.extended
def test_a_company_whose_fixed_numbers_leave_no_curve_is_told_so(screen: Screen) -> None:
    screen.load(b'{"company": {"employees": 3000, "frontline": 2000}}').go("prices", "fold:jumps")
    assert any("Fewer than 2,001 people are not shown" in caption for caption in screen.captions)
    assert "There is no jump between these numbers of people." in {element.value for element in screen.app.markdown}


@pytest.mark.extended
def test_the_money_is_shown_as_it_is_paid(screen: Screen) -> None:
    screen.load(b'{"choices": {"billing": "annual_prepaid"}}').go("budget").with_table("budget")
    used = screen.table("Budget by month")
    screen.move("money", "paid")
    paid = screen.table("Budget by month")
    assert not used.equals(paid)
    assert used.iloc[-1].iloc[-1] == paid.iloc[-1].iloc[-1]


def test_steps_open_to_tasks(screen: Screen) -> None:
    screen.run()
    assert not any(row["tasks"] for row in screen.picture()["rows"])
    step = screen.plan.tasks[0].task.step
    screen.app.query_params["open"] = [step]
    screen.run()
    assert [row["id"] for row in screen.picture()["rows"] if row["tasks"]] == [step]


@every_page
@pytest.mark.parametrize("content", [ENDLESS, WITHOUT_MIX], ids=["never ends", "without a mix"])
@pytest.mark.extended
def test_a_plan_that_cannot_be_made_names_what_must_be_solved(screen: Screen, page: str, content: bytes) -> None:
    screen.load(content).go(page)
    assert screen.any_plan.is_blocked
    if page == "plan":
        assert any(error.startswith("**Must be solved:**") for error in screen.errors)


@every_page
@pytest.mark.parametrize("people", [1, 2, 5000])
@pytest.mark.extended
def test_a_page_holds_for_companies_of_every_size(screen: Screen, page: str, people: int) -> None:
    screen.load(b'{"company": {"employees": %d}}' % people).go(page)
    assert screen.scenario.company.employees == people
    assert screen.shows("company.employees:slider") == people
    assert screen.number("company.employees:field") == people


@pytest.mark.extended
def test_a_plan_that_ended_is_shown_again_after_one_that_never_does(screen: Screen) -> None:
    screen.load(ENDLESS)
    assert isinstance(screen.any_plan, StoppedPlan)
    screen.move("timeline.mode", Mode.DEADLINE)
    screen.move("company.employees:slider", 100)
    assert len(screen.figures) == 5


def test_a_page_speaks_the_browsers_language() -> None:
    screen = Screen(LanguageCode.GERMAN)
    screen.app.context = {"locale": "de-DE"}
    screen.run()
    assert plain(screen.headline) == default_sentence(LanguageCode.GERMAN)
    assert [element.value for element in screen.app.subheader][-5:] == SIDEBAR


def test_the_language_is_switched(screen: Screen) -> None:
    screen.run()
    screen.language = GERMAN
    screen.move("language", LanguageCode.GERMAN)
    assert screen.headline.startswith("Zero Trust für 120 Personen")
    screen.language = ENGLISH
    screen.move("language", LanguageCode.ENGLISH)
    assert screen.headline.startswith("Zero Trust for 120 people")


@pytest.mark.parametrize("address", ["de", "Deutsch", "DE"], ids=["code", "an older switch", "the switch"])
def test_a_link_opens_in_its_language_and_stays_so(address: str) -> None:
    screen = Screen(LanguageCode.GERMAN, language=address).run()
    assert screen.shows("language") is LanguageCode.GERMAN
    screen.move("company.employees:slider", 121)
    assert screen.shows("language") is LanguageCode.GERMAN


@pytest.mark.extended
def test_an_address_without_a_page_is_said_so_on_the_plan_alone(screen: Screen) -> None:
    assert not screen.run().app.info
    lost = Screen(unknown="page").run()
    note = "There is no page at this address. This is the first page."
    assert notes_of(lost) == [note]
    assert "unknown" not in lost.app.query_params
    assert notes_of(lost.move("company.employees:slider", 121)) == [note]
    assert notes_of(lost.go("budget")) == notes_of(lost.go(PLAN_PAGE)) == []


def notes_of(screen: Screen) -> list[str]:
    """Return what the page says of its address."""
    return [said(info.value) for info in screen.app.info if "address" in info.value]
