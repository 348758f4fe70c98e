"""docs/data.md says what data/ holds: every price, rate and confidence, row by row."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from zt_planner import bootstrap
from zt_planner.domain.data.price_book import UNVERIFIED, Confidence
from zt_planner.engine.costing.pricing import term_factors
from zt_planner.resources import data_dir, root

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAGE = (root() / "docs" / "data.md").read_text("utf-8")
NOTHING = "–"


def table_of(heading: str) -> list[list[str]]:
    """Return the rows of the table below a heading, without its header."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def rows_of(file: str) -> list[dict[str, str]]:
    """Return the rows of a data file."""
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
        *(cell or NOTHING for cell in (source, row["source_date"], row["confidence"])),
    ]


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
        *(row["monitoring"], row["base_days_per_month"]),
        f"{row['days_per_unit']} × {row['driver']}" if row["driver"] else NOTHING,
        {"x": "falls away", "partner": "only then", "": "stays"}[row["by_partner"]],
        *(row["confidence"], row["note"] or NOTHING),
    ]


@pytest.mark.parametrize(
    ("heading", "file", "written"),
    [
        ("Prices", "prices.csv", price_row),
        ("Exchange rates", "fx.csv", rate_row),
        ("VAT", "vat.csv", vat_row),
        ("Numbers that rules use", "parameters.csv", parameter_row),
        ("Operation after the finish", "operations.csv", operation_row),
    ],
)
def test_the_page_has_every_row_of_the_file_and_no_other(
    heading: str, file: str, written: Callable[[Mapping[str, str]], list[str]]
) -> None:
    said = [[first.partition(" (")[0], *rest] for first, *rest in table_of(heading)]
    assert said == [written(row) for row in rows_of(file)]


def test_the_page_says_what_each_confidence_counts_as() -> None:
    said = {word.strip("`"): counts for word, _, counts in table_of("How far a price can be trusted")}
    assert said == {word.value: "unverified" if word in UNVERIFIED else "verified" for word in Confidence}


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
