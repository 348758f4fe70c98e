"""docs/data.md says what data/ holds: every price, rate and confidence, row by row."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from tests.words import ENGLISH
from zt_planner import bootstrap
from zt_planner.domain.data.price_book import ORIGIN_OF
from zt_planner.engine.costing.pricing import term_factors
from zt_planner.resources import data_dir, root
from zt_planner.topics.labels import label

PAGE = (root() / "docs" / "data.md").read_text("utf-8")
NOTHING = "–"


def table_of(heading: str) -> list[list[str]]:
    """Return the rows of the table below a heading, without its header."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def rows_of(file: str) -> list[dict[str, str]]:
    with (data_dir() / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def percent(share: str) -> str:
    return f"{(Decimal(share) * 100).normalize():f} %"


def price_row(row: Mapping[str, str]) -> list[str]:
    """Return a price as the page writes it."""
    source = " ".join(filter(None, (row["source"], row["source_url"] and f"({row['source_url']})")))
    return [
        f"`{row['id']}`",
        row["product"],
        f"{row['amount']} {row['currency']}",
        row["unit"] + (f", from number {row['from_quantity']}" if row["from_quantity"] else ""),
        row["term"],
        f"from {row['valid_from']}" + (f" to {row['valid_to']}" if row["valid_to"] else ""),
        row["sold"],
        *(cell or NOTHING for cell in (source, row["source_date"], row["confidence"])),
    ]


def named(cell: str) -> str:
    """Return ids as the page writes them: `a|b` is one of the two."""
    names = (" or ".join(f"`{each}`" for each in alternatives.split("|")) for alternatives in cell.split(";"))
    return ", ".join(names) if cell else NOTHING


def rate_row(row: Mapping[str, str]) -> list[str]:
    """Return an exchange rate as the page writes it."""
    return [row["currency"], row["eur_per_unit"], row["date"], row["source"] or NOTHING, row["confidence"]]


def vat_row(row: Mapping[str, str]) -> list[str]:
    """Return a rate of VAT as the page writes it, but for the country's name."""
    return [row["country"], percent(row["rate"]), row["valid_from"], row["source"] or NOTHING, row["confidence"]]


def parameter_row(row: Mapping[str, str]) -> list[str]:
    """Return a parameter as the page writes it."""
    return [f"`{row['id']}`", *(row[name] or NOTHING for name in ("value", "unit", "source", "confidence", "note"))]


def operation_row(row: Mapping[str, str]) -> list[str]:
    """Return an activity of operation as the page writes it."""
    return [
        f"`{row['id']}`",
        row["activity"],
        f"`{row['from_finish_of']}`",
        *(row["monitoring"] or "any", row["base_days_per_month"]),
        f"{row['days_per_unit']} × {row['driver']}" if row["driver"] else NOTHING,
        {"x": "falls away", "partner": "only then", "": "stays"}[row["by_partner"]],
        *(row["confidence"], row["note"] or NOTHING),
    ]


def published_cells(row: Mapping[str, str]) -> list[str]:
    """Return where a figure comes from as the page writes it."""
    source = " ".join(filter(None, (row["source"], row["source_url"] and f"({row['source_url']})")))
    return [row["population"], source, row["source_year"], row["read_on"], row["confidence"]]


def loss_row(row: Mapping[str, str]) -> list[str]:
    """Return a source of losses as the page writes it."""
    sizes = f" to {row['frequency_high']} ({row['employees']} to {row['employees_high']} people)"
    known = "; ".join(f"{name} {row[name]}" for name in ("mean", "median", "p95") if row[name]) or "no figure in"
    known = (
        known.replace(f"mean {row['mean']}", f"mean {row['mean']} to {row['mean_high']}") if row["mean_high"] else known
    )
    return [
        *(f"`{row['id']}`", row["counted"]),
        row["frequency"] + (sizes if row["frequency_high"] else ""),
        f"{known} {row['currency']}",
        *published_cells(row),
        row["note"] or NOTHING,
    ]


def claim_row(row: Mapping[str, str]) -> list[str]:
    """Return a claim of the article as the page writes it."""
    return [f"`{row['id']}`", row["claim"], row["finding"], *published_cells(row)]


def ceiling(row: Mapping[str, str], kind: str) -> str:
    """Return the most that a fine may be as the page writes it."""
    amount, part = row[f"ceiling_{kind}"], row[f"share_{kind}"]
    return f"{int(amount):,} {row['currency']}" + (f" or {percent(part)}" if part else "") if amount else NOTHING


def law_row(row: Mapping[str, str]) -> list[str]:
    """Return a country's law as the page writes it."""
    months, window = row["register_months"], row["register_window"].replace(";", " to ")
    registration = f"{months} months after it applies" if months else f"every year, {window}" if window else NOTHING
    return [
        *(row["country"], row["law"] or NOTHING, f"`{row['status']}`"),
        *(row["in_force"] or NOTHING, registration, row["report_hours"].replace(";", " / ") or NOTHING),
        *(ceiling(row, "essential"), ceiling(row, "important"), row["registration_fine"] or NOTHING),
        *(row["source"], row["read_on"] or NOTHING, row["confidence"]),
    ]


def benchmark_row(row: Mapping[str, str]) -> list[str]:
    """Return what others say it costs as the page writes it."""

    def span(low: str, high: str) -> str:
        return " to ".join(filter(None, (row[low], row[high]))) or NOTHING

    once, yearly = span("low", "high"), span("yearly_low", "yearly_high")
    return [f"`{row['id']}`", row["kind"], row["what"], once, yearly, *published_cells(row), row["note"]]


def subsidy_row(row: Mapping[str, str]) -> list[str]:
    """Return a scheme of the state as the page writes it."""
    names = ("opens", "closes", "people_below", "turnover_most", "balance_most", "share", "most", "by_lot")
    known = [row[name] or NOTHING for name in names]
    return [
        f"`{row['id']}`",
        row["region"],
        row["scheme"],
        row["state"],
        *known,
        row["conditions"],
        *published_cells(row),
        row["note"],
    ]


def question_row(row: Mapping[str, str]) -> list[str]:
    """Return an insurer's question as the page writes it."""
    return [
        *(f"`{row['id']}`", row["question"], named(row["tasks"])),
        *(row["match"], row["monitoring"] or "any", f"`{row['own_task']}`" if row["own_task"] else NOTHING),
        *(row["open"] or NOTHING, row["source"], row["confidence"]),
    ]


def proposed_row(row: Mapping[str, str]) -> list[str]:
    """Return a proposed task as the page writes it."""
    names = ("effort_days", "external_share", "min_length_days", "confidence", "note")
    return [f"`{row['id']}`", row["name"], row["step"], f"`{row['after']}`", *(row[name] for name in names)]


def point_row(row: Mapping[str, str]) -> list[str]:
    """Return a point of NIS2 as the page writes it."""
    tasks = named(row["main"]), named(row["partial"])
    return [row["point"], row["title"], row["letter"], *tasks, row["covered"], row["note"] or NOTHING]


def subsector_row(row: Mapping[str, str]) -> list[str]:
    """Return an excluded part of a sector as the page writes it."""
    return [f"`{row['subsector']}`", *(row[name] for name in ("name", "sector", "why", "source", "confidence"))]


def not_covered_row(row: Mapping[str, str]) -> list[str]:
    """Return what no task does as the page writes it."""
    has, question = (f"`{row[name]}`" if row[name] else NOTHING for name in ("has", "question"))
    return [f"`{row['id']}`", row["subject"], has, question, row["text"] or NOTHING]


def decision_row(row: Mapping[str, str]) -> list[str]:
    """Return a decision as the page writes it."""
    weeks = f", {row['lead_weeks']} weeks before" if row["lead_weeks"] else ""
    task = f" `{row['task']}`" if row["task"] else ""
    words = row["decision"], row["who"], "yes" if row["commits"] else "no", row["note"] or NOTHING
    return [f"`{row['id']}`", f"{row['when']}{task}{weeks}", *words]


def asked_row(row: Mapping[str, str]) -> list[str]:
    """Return a question about the company as the page writes it."""
    number = f"`{row['field']}`, {row['low']} to {row['high']} per 100 people" if row["field"] else NOTHING
    return [f"`{row['id']}`", row["step"], row["question"], row["help"], number]


def answer_row(row: Mapping[str, str]) -> list[str]:
    """Return an answer as the page writes it."""
    sets = ", ".join(f"`{setting}`" for setting in row["sets"].split(";")) if row["sets"] else NOTHING
    return [f"`{row['question']}`", f"`{row['answer']}`", row["text"], sets]


def outside_row(row: Mapping[str, str]) -> list[str]:
    """Return projects of others as the page writes them."""
    return [row[name] for name in ("what", "population", "n", "p50", "p80", "p90", "over_half", "source", "year")]


@pytest.mark.parametrize(
    ("heading", "file", "written"),
    [
        ("Prices", "prices.csv", price_row),
        ("Exchange rates", "fx.csv", rate_row),
        ("VAT", "vat.csv", vat_row),
        ("Numbers that rules use", "parameters.csv", parameter_row),
        ("Operation after the finish", "operations.csv", operation_row),
        ("What others report about losses", "losses.csv", loss_row),
        ("The article's figures", "article_claims.csv", claim_row),
        ("Laws by country", "regulation.csv", law_row),
        ("Parts of sectors that the law leaves out", "excluded_subsectors.csv", subsector_row),
        ("Points of NIS2", "nis2_points.csv", point_row),
        ("What insurers ask", "insurer_questions.csv", question_row),
        ("Decisions", "decisions.csv", decision_row),
        ("What the plan does not cover", "not_covered.csv", not_covered_row),
        ("What a company is asked", "questions.csv", asked_row),
        ("What the answers set", "answers.csv", answer_row),
        ("How projects of others went", "outside_view.csv", outside_row),
        ("Proposed tasks", "proposed_tasks.csv", proposed_row),
        ("What others pay", "benchmarks.csv", benchmark_row),
        ("Public funding", "subsidies.csv", subsidy_row),
    ],
)
def test_the_page_has_every_row_of_the_file_and_no_other(
    heading: str, file: str, written: Callable[[Mapping[str, str]], list[str]]
) -> None:
    said = [[first.partition(" (")[0], *rest] for first, *rest in table_of(heading)]
    assert said == [written(row) for row in rows_of(file)]


def test_the_page_says_how_each_confidence_is_shown() -> None:
    said = {word.strip("`"): shown for word, _, shown in table_of("How far a price can be trusted")}
    assert said == {word.value: ENGLISH.write(label(origin)) for word, origin in ORIGIN_OF.items()}


def test_the_page_says_what_a_billing_term_comes_to() -> None:
    said = {term.strip("`"): Decimal(factor) for term, factor, _ in table_of("Billing terms")}
    assert said == term_factors(bootstrap.phase_model().parameters)


def test_the_page_names_every_file_and_counts_the_tasks() -> None:
    files = sorted(path.name for path in data_dir().glob("*.csv"))
    assert [name for name in files if f"`{name}`" not in PAGE] == []
    assert f"`tasks.csv` holds {len(rows_of('tasks.csv'))} tasks" in PAGE
    sources = (data_dir() / "SOURCES.md").read_text("utf-8")
    assert [name for name in files if f"\n## {name}: " not in sources] == []


def test_the_page_says_how_much_risk_each_step_stands_for() -> None:
    shares = {row["step"]: row["share"] for row in rows_of("risk_shares.csv")}
    names = ("identities", "least privilege", "segmentation", "devices", "monitoring")
    assert ", ".join(f"{name} {share}" for name, share in zip(names, shares.values(), strict=True)) in PAGE
