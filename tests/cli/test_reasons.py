"""`zt-planner law` and `zt-planner insurer`: what they print, and what they refuse."""

from __future__ import annotations

import pytest
from typer.testing import Result

from tests.command_line import invoked


def run(*arguments: str) -> Result:
    """Run a command as of a day."""
    return invoked(*arguments, "--today", "2026-11-06")


def test_the_law_of_the_plans_country_and_of_another_one() -> None:
    own = run("law")
    assert own.exit_code == 0, own.output
    assert "\nGermany: " in own.output
    assert "Registration\n  When, how much: would have been due by 6 March 2026, if the law applies" in own.output
    energy = run("law", "--set", "company.sector=energy")
    assert "Registration\n  When, how much: past: it was due by 6 March 2026" in energy.output
    other = run("law", "--country", "at", "--set", "company.sector=energy")
    assert "Registration\n  When, how much: by 1 January 2027, in 8 weeks\n" in other.output
    assert "Probably an important entity: Energy, 120 full-time equivalents." in other.output
    assert "[no law in force was found]" in run("law", "--country", "FR").output


def test_a_country_that_is_not_known_is_refused_with_those_that_are() -> None:
    result = run("law", "--country", "xx")
    assert result.exit_code == 2
    assert "--country: nothing is known of the country 'xx'. Use one of: AT, BE, " in result.output


@pytest.mark.parametrize(
    ("locale", "yes"),
    [("en", ": yes\n  Yes from (work finished): "), ("de", ": ja\n  Ja ab (Arbeit erledigt): ")],
    ids=["english", "german"],
)
def test_the_insurers_questions_with_their_days(locale: str, yes: str) -> None:
    result = run("insurer", "--locale", locale)
    assert result.exit_code == 0, result.output
    assert result.output.count(yes) == 6
    assert result.output.count("?\n") == 2 * 11  # each question with its answer, and again with its source
