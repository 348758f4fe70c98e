"""The CSV files, read again by other readers and compared to the plan."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

import pandas as pd
import pytest

from tests.builders import case, row_values, unstopped
from tests.tables import documented, in_codes
from tests.words import ENGLISH, GERMAN
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan
from zt_planner.files.scenario_json import with_settings
from zt_planner.language import Language, LanguageCode
from zt_planner.media.archive import zipped
from zt_planner.media.csv.dialects import Dialect, unprotected, usual_dialect
from zt_planner.media.csv.files import BUDGET, COST_LINES, STAGES, TASKS, left_out_files, plan_files
from zt_planner.media.csv.price_book import price_book_bytes
from zt_planner.topics.roadmap.tables import IN_CSV, names_in_lists
from zt_planner.topics.task_words import task_name

READ_HERE = (Dialect.RFC4180, Dialect("excel-de"))
"""The dialects whose columns the documentation has side by side; all others come back by law (`test_table_laws`)."""
EXAMPLES = {
    "default": (),
    "own prices": ("prices.overrides.m365-business-premium=18.5", "labour.external_day_rate=990.55"),
    "new hardware": ("choices.hardware_reuse=0", "choices.monitoring=siem_and_mdr", "finance.contingency=0.125"),
    "owns a licence": (
        'company.owned_licences=[{"licence": "m365-business-standard"}]',
        "choices.billing=annual_prepaid",
    ),
    "before the prices": ("timeline.start=2021-03-01",),
    "long": ("timeline.mode=capacity", "timeline.internal_days_per_week=0.5", "finance.horizon_months=12"),
    "never ends": (
        "timeline.mode=capacity",
        "timeline.internal_days_per_week=0.25",
        "company.apps=500",
        "company.employees=5000",
    ),
}
Build: TypeAlias = Callable[[tuple[str, ...]], AnyPlan]


@pytest.fixture(scope="module")
def build(price_book: PriceBook, phase_model: PhaseModel) -> Build:
    """Return what plans a scenario with settings."""
    return lambda settings: build_plan(case(with_settings(Scenario(), settings), price_book, phase_model))


@pytest.fixture(scope="module", params=EXAMPLES.values(), ids=tuple(EXAMPLES))
def plan(request: pytest.FixtureRequest, build: Build) -> AnyPlan:
    """Return one plan after the other."""
    return build(request.param)


@pytest.fixture(params=READ_HERE)
def rows(request: pytest.FixtureRequest, plan: AnyPlan) -> dict[str, list[dict[str, str]]]:
    """Return the rows of each file as the csv module reads them."""
    dialect = request.param
    files = plan_files(plan, ENGLISH, dialect)
    return {name: list(read(content, dialect)) for name, content in files.items()}


def read(content: bytes, dialect: Dialect) -> Iterator[dict[str, str]]:
    """Read a file, its numbers and dates brought back into one form."""
    is_german = dialect.words is not None
    assert content.startswith(b"\xef\xbb\xbf") is is_german
    text = content.decode("utf-8-sig" if is_german else "utf-8")
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if is_german else ",", strict=True):
        yield in_codes({key: plain(value) for key, value in row.items()}) if is_german else row


def plain(value: str) -> str:
    """Bring a German number or date into the international form."""
    digits = value.replace(",", "", 1).removeprefix("-")
    if digits.isdecimal() and "," in value:
        return value.replace(",", ".")
    try:
        return datetime.strptime(value, "%d.%m.%Y").date().isoformat()  # noqa: DTZ007 - a date has no time zone
    except ValueError:
        return value


def test_each_task_has_its_row(plan: AnyPlan, rows: dict[str, list[dict[str, str]]]) -> None:
    assert len(rows[TASKS]) == len(plan.tasks)
    for task, row in zip(plan.tasks, rows[TASKS], strict=True):
        assert (row["task_id"], row["step"]) == (task.task.id, str(task.task.step))
        assert row["task"] in {task.task.name, GERMAN.write(task_name(task.task))}
        assert (row["start"], row["finish"]) == (task.start.isoformat(), task.finish.isoformat())
        assert row["wait_until"] == ("" if task.wait_until is None else task.wait_until.isoformat())
        assert (int(row["length_days"]), int(row["slack_days"])) == (task.length_days, task.slack_days)
        assert abs(Decimal(row["internal_days"]) - Decimal(float(task.work.whole.internal))) <= Decimal("0.0051")
        assert abs(Decimal(row["external_days"]) - Decimal(float(task.work.whole.external))) <= Decimal("0.0051")
        assert row["critical"] == ("true" if task.slack_days == 0 else "false")
        written = {name: key for key, name in names_in_lists(plan, GERMAN).items()}
        assert (
            tuple(written.get(part, part) for part in row["after"].replace("; ", ";").split(";") if part) == task.after
        )


def test_each_cost_line_has_its_row(plan: AnyPlan, rows: dict[str, list[dict[str, str]]]) -> None:
    steps = {task.task.id: str(task.task.step) for task in plan.tasks}
    assert len(rows[COST_LINES]) == len(plan.cost_lines)
    for line, row in zip(plan.cost_lines, rows[COST_LINES], strict=True):
        assert (row["month"], row["task_id"], row["price_id"]) == (str(line.month), line.task_id, line.price_id)
        assert row["step"] == steps.get(line.task_id, "")
        assert (row["category"], row["kind"], row["currency"]) == (str(line.category), str(line.kind), "EUR")
        assert row["cash"] == ("false" if line.category is CostCategory.INTERNAL else "true")
        assert row["amount"] == ("" if line.amount is None else f"{line.amount:.2f}")
        assert abs(Decimal(row["quantity"]) - Decimal(float(line.quantity))) <= Decimal("0.0051")
        assert row["item"]


def test_the_source_says_what_is_old_and_an_own_row_that_is_a_guess(price_book: PriceBook, build: Build) -> None:
    row = row_values(price_book.rows_by_id["cloud-siem"][-1]) | {"confidence": "assumption", "source": "a guess"}
    plan = build((f"prices.rows.cloud-siem={json.dumps([row])}",))
    files = plan_files(plan, ENGLISH, Dialect.RFC4180)
    found = {row["price_id"]: row for row in read(files[COST_LINES], Dialect.RFC4180)}
    (key,) = price_book.rows_by_id["fido2-key"]
    assert found["fido2-key"]["source"] == f"{key.source}; over a year old"
    assert (found["cloud-siem"]["source"], found["cloud-siem"]["confidence"]) == ("a guess; assumed", "own")
    assert found["entra-p2"]["source"] == price_book.rows_by_id["entra-p2"][-1].source
    assert not any("assumed" in row["source"] for row in found.values() if row["confidence"] != "own")


def test_an_unpriced_line_is_empty_and_never_zero(build: Build) -> None:
    plan = build(("timeline.start=2021-03-01",))
    files = plan_files(plan, ENGLISH, Dialect.RFC4180)
    empty = [row for row in read(files[COST_LINES], Dialect.RFC4180) if not row["amount"]]
    assert empty
    assert all(row["unit_price"] == row["source"] == row["confidence"] == "" for row in empty)
    first = next(read(files[BUDGET], Dialect.RFC4180))
    assert first["consultant"] == ""
    assert first["monitoring"] == "0.00"


def is_complete(plan: AnyPlan) -> bool:
    return isinstance(plan, Plan) and plan.is_complete


def test_a_quantity_times_its_price_is_the_amount(plan: AnyPlan, rows: dict[str, list[dict[str, str]]]) -> None:
    bought = [row for row in rows[COST_LINES] if row["amount"] and row["unit"] != "day"]
    assert bought or not is_complete(plan)
    for row in bought:
        exact = Decimal(row["quantity"]) * Decimal(row["unit_price"])
        assert abs(exact - Decimal(row["amount"])) <= Decimal("0.005")


def test_the_budget_adds_up_to_the_cost_lines(plan: AnyPlan, rows: dict[str, list[dict[str, str]]]) -> None:
    for category in CostCategory:
        of_lines = sum(Decimal(row["amount"] or 0) for row in rows[COST_LINES] if row["category"] == category)
        assert sum(Decimal(row[category] or 0) for row in rows[BUDGET]) == of_lines
    cash = sum(Decimal(row["amount"] or 0) for row in rows[COST_LINES] if row["cash"] == "true")
    assert sum(Decimal(row["total"] or 0) for row in rows[BUDGET]) == cash
    months = plan.months if isinstance(plan, Plan) else ()
    assert [row["month"] for row in rows[BUDGET]] == [str(month) for month in months]
    assert all(Decimal(row["cumulative"] or 0) == cash for row in rows[BUDGET][-1:])


def test_a_months_row_adds_up_from_left_to_right_and_internal_work_stands_after_the_sums(
    rows: dict[str, list[dict[str, str]]],
) -> None:
    for row in rows[BUDGET]:
        _month, *columns = row
        place = columns.index("total")
        assert columns[place:] == ["total", "cumulative", "internal"]
        assert sum((Decimal(row[name] or 0) for name in columns[:place]), Decimal(0)) == Decimal(row["total"] or 0)


def test_the_stages_add_up_to_the_cost_lines(plan: AnyPlan, rows: dict[str, list[dict[str, str]]]) -> None:
    cash = sum(Decimal(row["amount"] or 0) for row in rows[COST_LINES] if row["cash"] == "true")
    assert bool(rows[STAGES]) == bool(plan.tasks)
    asked = Decimal(0)
    for number, row in enumerate(rows[STAGES], start=1):
        assert row["stage"] == str(number)
        asked += Decimal(row["to_approve"] or 0)
        assert Decimal(row["spent"] or 0) + Decimal(row["to_come"] or 0) == cash
        assert Decimal(row["spent"] or 0) + Decimal(row["committed"] or 0) == asked
        assert bool(row["open_tasks"]) == (number < len(rows[STAGES]))
        assert row["complete"] == "true" or not is_complete(plan)
    if isinstance(plan, Plan):
        assert rows[STAGES][-1]["gate"] == plan.headlines.finish_date.isoformat()


def test_the_budget_shows_the_headlines(build: Build) -> None:
    plan = unstopped(build(()))
    budget = list(read(plan_files(plan, ENGLISH, Dialect.RFC4180)[BUDGET], Dialect.RFC4180))
    assert Decimal(budget[11]["cumulative"]) == plan.headlines.first_year_budget
    assert Decimal(budget[35]["cumulative"]) == plan.headlines.horizon_total


def test_an_own_price_is_marked(build: Build) -> None:
    plan = build(EXAMPLES["own prices"])
    files = plan_files(plan, ENGLISH, Dialect.RFC4180)
    own = [row for row in read(files[COST_LINES], Dialect.RFC4180) if row["confidence"] == "own"]
    assert {row["price_id"] for row in own} == {"m365-business-premium", "external-day"}
    assert {(row["source"], row["source_date"]) for row in own} == {("own price", "")}


def test_a_what_if_is_marked(build: Build, price_book: PriceBook) -> None:
    files = plan_files(build(("prices.rise=0.1",)), ENGLISH, Dialect.RFC4180)
    sources = {row["price_id"]: row["source"] for row in read(files[COST_LINES], Dialect.RFC4180)}
    assert sources["entra-p2"] == f"{price_book.rows_by_id['entra-p2'][-1].source}; × 1.1 for the what-if"
    assert sources["defender-business-servers"] == "× 1.1 for the what-if"
    assert "what-if" not in sources["cloud-siem"]


@pytest.mark.parametrize(("dialect", "marks"), [(Dialect.RFC4180, (",", ".")), (Dialect("excel-de"), (";", ","))])
def test_pandas_reads_the_same_sums(plan: AnyPlan, dialect: Dialect, marks: tuple[str, str]) -> None:
    content = plan_files(plan, ENGLISH, dialect)[COST_LINES]
    frame: Any = pd.read_csv(io.BytesIO(content), sep=marks[0], decimal=marks[1], encoding="utf-8-sig")
    assert len(frame) == len(plan.cost_lines)
    exact = sum((line.amount for line in plan.cost_lines if line.amount is not None), Decimal(0))
    assert round(frame["amount" if dialect.words is None else "Betrag"].sum(), 2) == float(exact)


@pytest.mark.parametrize("dialect", Dialect)
def test_equal_plans_give_equal_bytes(build: Build, today: date, dialect: Dialect) -> None:
    first, second = (plan_files(build(()), GERMAN, dialect) for _ in range(2))
    assert first == second
    assert zipped(first, today) == zipped(second, today)


@pytest.mark.parametrize("code", LanguageCode)
def test_a_language_with_a_decimal_comma_has_a_dialect_for_its_excel(build: Build, code: LanguageCode) -> None:
    language, plan = Language(code), build(())
    dialect = usual_dialect(language)
    has_comma = language.number(Decimal("0.5"), 1) == "0,5"
    assert dialect.words == (language if has_comma else None)
    first = plan_files(plan, ENGLISH, dialect)[TASKS].decode("utf-8-sig").splitlines()[1]
    start = plan.tasks[0].start
    typed = (
        language.date_format.replace("DD", f"{start:%d}").replace("MM", f"{start:%m}").replace("YYYY", f"{start:%Y}")
    )
    assert f";{typed};" in first if has_comma else f",{start}," in first


def test_files_for_german_excel_are_german_in_every_language(build: Build) -> None:
    english, german = (plan_files(build(()), each, Dialect("excel-de")) for each in (ENGLISH, GERMAN))
    assert english == german
    codes = {*IN_CSV, *map(str, CostCategory), *map(str, Kind), "true", "false"}
    for content in english.values():
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"):
            texts = {cell for title, cell in row.items() if not title.endswith("-ID")}
            assert not codes & {*row, *texts}


@pytest.mark.parametrize("dialect", READ_HERE)
def test_the_columns_are_those_of_the_page_of_exports(build: Build, price_book: PriceBook, dialect: Dialect) -> None:
    plan = build(())
    files = plan_files(plan, ENGLISH, dialect) | left_out_files(plan, ENGLISH, dialect)
    files["prices.csv"] = price_book_bytes(price_book, dialect)
    is_german = dialect.words is not None
    headers = {
        name: next(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";" if is_german else ","))
        for name, content in files.items()
    }
    assert headers == {file: list(each if is_german else each.values()) for file, each in documented().items()}


def test_for_programs_ids_and_words_of_lists_are_never_translated(build: Build) -> None:
    files = [plan_files(build(()), language, Dialect.RFC4180) for language in (ENGLISH, GERMAN)]
    english, german = (list(read(each[COST_LINES], Dialect.RFC4180)) for each in files)
    same = ("month", "step", "task_id", "price_id", "category", "kind", "cash", "unit", "amount", "confidence")
    assert [[row[name] for name in same] for row in english] == [[row[name] for name in same] for row in german]


@pytest.mark.parametrize("dialect", READ_HERE)
def test_a_product_that_looks_like_a_formula_stays_text(
    price_book: PriceBook, phase_model: PhaseModel, dialect: Dialect
) -> None:
    name = '=HYPERLINK("http://example.invalid";"x"),\n+1'
    renamed = tuple(
        row.model_copy(update={"product": name}) if row.id == "cloud-siem" else row for row in price_book.prices
    )
    book = type(price_book)(renamed, price_book.rates)
    plan = build_plan(case(Scenario(), book, phase_model))
    items = {row["item"] for row in read(plan_files(plan, ENGLISH, dialect)[COST_LINES], dialect)}
    assert f"'{name}" in items
    assert name in {unprotected(item) for item in items}


@pytest.mark.parametrize("dialect", READ_HERE)
def test_an_own_task_is_a_row_whose_name_stays_the_text_that_it_is(
    price_book: PriceBook, phase_model: PhaseModel, dialect: Dialect
) -> None:
    own = {"audit": {"step": "5", "name": "=1+1; Monitoring", "effort_days": 4, "after": ["kickoff"]}}
    given = Scenario.model_validate({"tasks": {"own": own, "edits": {"kickoff": {"effort_days": 8}}}})
    plan = build_plan(case(given, price_book, phase_model))
    rows = list(read(plan_files(plan, GERMAN, dialect)[TASKS], dialect))
    (row,) = (row for row in rows if row["task_id"] == "audit")
    assert (row["step"], row["task"], row["internal_days"], row["after"]) == (
        "5",
        "'=1+1; Monitoring",
        "4.00",
        "kickoff" if dialect.words is None else names_in_lists(plan, GERMAN)["kickoff"],
    )
    assert set(row) == set(IN_CSV)
    kickoff = next(row for row in rows if row["task_id"] == "kickoff")
    assert (kickoff["internal_days"], kickoff["external_days"]) == ("5.60", "2.40")


def test_the_archive_holds_the_files(build: Build, today: date) -> None:
    files = plan_files(build(()), ENGLISH, Dialect.RFC4180)
    with zipfile.ZipFile(io.BytesIO(zipped(files, today))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
