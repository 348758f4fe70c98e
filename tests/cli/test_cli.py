"""The command line as a person meets it: what it prints, what it writes, how it refuses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.approval import Says
from tests.command_line import invoked
from tests.figures import FRANC, VAT, cents, default_figures, default_sentence, drawn, euros, german
from tests.handouts import handout
from tests.words import ENGLISH
from zt_planner import __version__
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.language import LanguageCode
from zt_planner.resources import root
from zt_planner.topics.headline.words import team_words

DAY = ("--today", "2026-11-06")
FILES = {
    *("tasks.csv", "cost_lines.csv", "budget_by_month.csv", "stages.csv", "decisions.csv", "left_out.csv"),
    *("applied_controls.csv", "summary.json", "scenario.json"),
}


def refused(*arguments: str | Path) -> str:
    """Return what is printed for bad input, which is refused with exit code 2 and no traceback."""
    result = invoked(*arguments)
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result.stderr


def test_a_plan_is_one_sentence_figures_and_findings(says: Says) -> None:
    result = invoked("plan", *DAY)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == default_sentence()
    budget = cents(default_figures().first_year_budget)
    assert any(line.split() == ["First-year", "budget", *budget.split()] for line in lines)
    team = f"Internal team {ENGLISH.write(team_words(default_figures()))}"
    mfa = default_figures().mfa_date
    assert mfa is not None
    operation = f"Operation by your team {ENGLISH.number(default_figures().operation_days_monthly, 1)} days a month"
    for row in (team, f"Everyone has MFA {ENGLISH.day(mfa)}", operation):
        assert any(line.split() == row.split() for line in lines)
    assert "(operation.unwatched)" in result.stdout
    says(lines[-1])


def test_the_figures_stand_in_line() -> None:
    rows = [line for line in invoked("plan", *DAY).stdout.splitlines()[2:] if line]
    table = rows[: next(index for index, line in enumerate(rows) if not line.startswith("  "))]
    assert len(table) > 10
    assert len({len(line) for line in table}) == 1


@pytest.mark.extended
def test_vat_and_another_currency_stand_beside_each_amount() -> None:
    asked = ("--set", "display.vat_country=DE", "--set", "display.currency=CHF")
    lines = invoked("plan", *DAY, *asked).stdout.splitlines()
    (budget,) = (line for line in lines if "First-year budget" in line)
    net, then = default_figures().first_year_budget, default_figures().run_rate_monthly
    both = f"{cents(net / FRANC, 'CHF')} net · {cents(net * VAT / FRANC, 'CHF')} with VAT"
    assert budget.endswith(f"{cents(net)}  {cents(net * VAT)} with 19% VAT · {both}")
    promised = drawn(handout()).promise.rounded_budget
    assert promised is not None
    assert lines[-2] == (
        f"With 19% VAT (Germany): {euros(promised * VAT)} to get there, then {euros(then * VAT)} a month."
    )
    francs = euros(promised / FRANC, "CHF")
    assert lines[-1].startswith(f"In CHF, net, at 1.07 EUR for one (rate of 1 Jun 2026, assumed): {francs} to")
    assert f"{german(cents(net * VAT))} mit 19 % USt." in invoked("plan", *DAY, *asked, "--locale", "de").stdout


def test_the_locale_changes_numbers_and_dates() -> None:
    text = invoked("plan", *DAY, "--locale", "de").stdout
    assert default_sentence(LanguageCode.GERMAN) in text
    assert german(cents(default_figures().first_year_budget)) in text


def test_settings_change_the_plan_together() -> None:
    text = invoked("plan", *DAY, "--set", "company.frontline=100", "--set", "company.employees=180").stdout
    assert text.startswith("Zero Trust for 180 people")


@pytest.mark.parametrize("dialect", ["rfc4180", "excel-de"])
def test_out_writes_every_file(tmp_path: Path, dialect: str) -> None:
    out = tmp_path / "new" / "plan"
    result = invoked("plan", *DAY, "--set", "company.name=Müller, Söhne", "--out", out, "--dialect", dialect)
    assert result.exit_code == 0, result.output
    assert {file.name for file in out.iterdir()} == FILES
    assert (out / "tasks.csv").read_bytes().startswith(b"\xef\xbb\xbf") is (dialect == "excel-de")
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert summary["first_year_budget"] == str(default_figures().first_year_budget)
    promise = drawn(handout()).promise
    assert summary["promised_budget"] == str(promise.budget)
    assert summary["promised_finish"] == promise.finish.isoformat()
    assert summary["promised_mfa_date"] == str(promise.mfa)
    assert summary["promised_internal_days"] == str(promise.internal_days)
    assert summary["company_name"] == "Müller, Söhne"
    assert summary["versions"]["program"] == __version__


@pytest.mark.extended
def test_the_scenario_that_was_written_gives_the_same_files(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    invoked("plan", *DAY, "--set", "timeline.region=AT", "--out", first)
    result = invoked("plan", first / "scenario.json", *DAY, "--out", second)
    assert result.exit_code == 0, result.output
    assert {name: (first / name).read_bytes() for name in FILES} == {
        name: (second / name).read_bytes() for name in FILES
    }
    assert parsed_scenario((first / "scenario.json").read_bytes()).timeline.region == "AT"


def test_a_setting_decides_the_default_start(tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    file.write_text("{}", "utf-8")
    text = invoked("plan", file, "--today", "2026-11-06", "--set", "timeline.year_end_freeze=false").stdout
    assert "4 January 2027" in text
    assert "1 February 2027" in invoked("plan", file, "--today", "2026-11-07").stdout


def test_check_lists_findings_and_passes(tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    file.write_text('{"company": {"employees": 20}}', "utf-8")
    result = invoked("check", file, *DAY)
    assert result.exit_code == 0, result.output
    assert "(company.outside_range)" in result.stdout
    assert "EUR" not in result.stdout.splitlines()[0]


def test_check_fails_on_a_blocking_finding(tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    timeline = {"mode": "capacity", "internal_days_per_week": 0.25, "external_days_per_week": 0.25}
    file.write_text(json.dumps({"company": {"employees": 5000, "apps": 500}, "timeline": timeline}), "utf-8")
    result = invoked("check", file, *DAY)
    assert result.exit_code == 1, result.output
    assert "(timeline.too_long)" in result.stdout
    without = invoked("plan", file, *DAY)
    assert without.exit_code == 0
    assert "EUR" not in without.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--set", "company.employees=0"), "company.employees: 0 is too low. Write 1 or more."),
        (("--set", "company.employees=abc"), 'employees: "abc" is not a whole number. Write a whole number'),
        (("--set", "company.employes=5"), "company.employes: 'employes' is not a field. Did you mean"),
        (("--set", "company.employees"), "company.employees: there is no value."),
        (
            ("--set", 'company.owned_licences=[{"licence": "m365-e33"}]'),
            "company.owned_licences.0.licence: 'm365-e33' is not a licence",
        ),
        (("--set", "prices.overrides.entra=1"), "prices.overrides.entra: 'entra' is not in the price book"),
        (
            ("--set", "display.vat_country=UK"),
            "display.vat_country: 'UK' is not a country whose VAT",
        ),
        (("--set", "display.currency=SEK"), 'display.currency: "SEK" is not a choice. Use one of: EUR, CHF, USD, GBP.'),
        (("--today", "06.11.2026"), "--today: '06.11.2026' is not a day"),
        (("--today", "9999-12-31"), "--today: '9999-12-31' is not a day"),
        (("--locale", "it"), "it"),
        (("--dialect", "xlsx"), "xlsx"),
        (("missing.json",), "missing.json: the file cannot be read"),
        ((".",), "the file cannot be read"),
    ],
)
def test_bad_input_is_refused_with_its_place_and_remedy(arguments: Sequence[str], words: str) -> None:
    assert words in refused("plan", *arguments)


def test_a_refusal_speaks_the_reader_s_language_and_names_every_field(tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text('{"company": {"employees": 0}, "finance": {"contingency": 2}}', "utf-8")
    lines = refused("check", file, "--locale", "de").splitlines()
    assert [line.partition(":")[0] for line in lines] == ["company.employees", "finance.contingency"]


def test_a_file_that_is_no_scenario_is_named(tmp_path: Path) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(b"\xff\xfe")
    assert refused("check", file).startswith("odd.json: it is not UTF-8")


def test_a_saved_session_is_told_as_such_with_the_command_that_plans_it(tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    file.write_text('{"format": 1, "scenario": {}, "participants": [], "events": []}', "utf-8")
    said = refused("plan", file)
    assert said.startswith("session.json: it is a saved session, not a scenario.")
    assert "zt-planner portfolio FOLDER --out DIR" in said


@pytest.mark.extended
def test_an_out_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.write_text("keep me", "utf-8")
    assert "the folder cannot be written to" in refused("plan", *DAY, "--out", file)
    assert "the folder cannot be written to" in refused("plan", *DAY, "--out", file / "deeper")
    assert file.read_text("utf-8") == "keep me"


def test_an_out_whose_file_is_taken_by_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tasks.csv").mkdir()
    assert "the folder cannot be written to" in refused("plan", *DAY, "--out", tmp_path)


def test_the_version_is_printed() -> None:
    assert invoked("--version").stdout == f"zt-planner {__version__}\n"


def test_the_program_runs_on_its_own(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "zt_planner", "plan", *DAY, "--set", "company.name=日本 👩", "--out", str(tmp_path)],
        cwd=root(),
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "Zero Trust for 120 people" in result.stdout
    assert json.loads((tmp_path / "summary.json").read_text("utf-8"))["company_name"] == "日本 👩"


@pytest.mark.extended
def test_the_version_costs_no_heavy_import() -> None:
    code = (
        "import sys; from zt_planner import cli; "
        "heavy = {'pandas', 'ortools', 'streamlit', 'plotly', 'numpy', 'sqlalchemy'} & set(sys.modules); "
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=root(), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_a_figure_is_explained_by_the_lines_it_is_the_sum_of() -> None:
    result = invoked("explain", "first_year_budget", *DAY)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    budget = cents(default_figures().first_year_budget)
    assert lines[0] == f"First-year budget: {budget}"
    assert any(line.split() == ["Total", *budget.split()] for line in lines)
    assert "USD 10.00 × 0.866 EUR (rate of 1 Jun 2026) × 1.05 for the billing term" in " ".join(result.stdout.split())
    assert any(line.startswith("See also: one_off_first_year, ") for line in lines[-2:])
    assert all(len(line) <= 100 for line in lines)


def test_a_figure_of_a_file_is_explained_with_settings_in_german(tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    file.write_text('{"company": {"employees": 50}}', "utf-8")
    text = invoked("explain", "nis2:3.2", file, *DAY, "--set", "choices.monitoring=none", "--locale", "de").stdout
    assert "abgeschlossen am" in text


@pytest.mark.parametrize("name", ["finish_date", "per_employee_month", "task:mfa_rollout", "month:2027-03:licence"])
def test_what_is_no_headline_amount_is_explained_too(name: str) -> None:
    result = invoked("explain", name, *DAY)
    assert result.exit_code == 0, result.output
    assert "Total" in result.stdout


def test_without_a_name_the_figures_are_listed() -> None:
    lines = invoked("explain", *DAY).stdout.splitlines()
    promised = drawn(handout()).promise.budget
    assert promised is not None
    assert lines[0] == f"{'promised_budget':<32}Promised budget: {cents(promised)}"
    assert any(line.startswith("finish_date ") for line in lines)
    assert "price:entra-p2" in lines
    assert any("share:assumed_days" in line for line in lines)
    assert any("sure:introduction_budget:80" in line for line in lines)


def test_a_figure_that_is_none_is_refused_with_the_names() -> None:
    text = refused("explain", "first_year", *DAY)
    assert text.startswith("first_year: this plan has no figure of that name. Use one of: promised_budget, ")
    assert "month:2027-03, " in text


@pytest.mark.parametrize(
    ("name", "examples"),
    [
        ("month:2030-99", "month:2027-03, month:2027-03:licence"),
        ("paid_until:2030-99", "paid_until:2027-03, paid_until:2027-03:licence"),
        ("nis2:z", "nis2:3.2"),
    ],
)
def test_a_name_of_a_known_form_is_refused_with_examples_of_that_form(name: str, examples: str) -> None:
    text = refused("explain", name, *DAY)
    assert text == f"{name}: this plan has no figure of that name. Write it as in {examples}.\n"


@pytest.mark.parametrize(
    ("name", "is_taxed"),
    [("month:2027-03", True), ("price:external-day", True), ("internal_value", False), ("price:internal-day", False)],
)
def test_an_explained_amount_is_shown_with_vat_where_it_carries_some(name: str, is_taxed: bool) -> None:  # noqa: FBT001 - one case a row
    lines = invoked("explain", name, *DAY, "--set", "display.vat_country=DE").stdout.splitlines()
    assert ("with 19% VAT" in lines[1]) is is_taxed


def test_the_rows_of_a_date_say_what_they_count() -> None:
    lines = invoked("explain", "mfa_date", *DAY).output.splitlines()
    heading = next(number for number, line in enumerate(lines) if line.endswith(" Calendar days"))
    assert re.search(r"^Kick-off.* \d+$", lines[heading + 1])
    assert len(lines[heading]) == len(lines[heading + 1])
    assert "Amount" not in invoked("explain", "first_year_budget", *DAY).output
