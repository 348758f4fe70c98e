"""What a person waits for a file: each format of the default plan, against the slowest one; and what comes back.

Every format is written once before it counts (libraries are loaded, typefaces
read), then in turn with all others. The aim is less than a second for every
format but PNG, at the upper quartile. Then the files that come back are read,
and one that is hostile is refused: within a second, too.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ratios import milliseconds, ratio_of, spread
from tests.builders import plan_for
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.simulation.result import simulate
from zt_planner.errors import CatalogError
from zt_planner.files.formats import Format, one_file
from zt_planner.language import LanguageCode, language_for
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.view import View
from zt_planner.workspace.incoming import OpenPlan, read_file

TODAY = date(2026, 11, 6)
SECOND_MS = 1000.0
UPPER_QUARTILE = 0.75
BACK = (Format.JSON, Format.BUNDLE, Format.CSV, Format.XLSX, Format.MSPDI)


def upper(times: list[float]) -> float:
    """Return the milliseconds that three of four stay below."""
    return sorted(times)[int(UPPER_QUARTILE * (len(times) - 1))]


def refused(content: bytes, context: OpenPlan) -> None:
    """Have a file refused; fail where it is not."""
    try:
        read_file(content, "plan.zip", context)
    except CatalogError:
        return
    message = "A hostile file was taken."
    raise SystemExit(message)


def bomb() -> bytes:
    """Return an archive that unpacks to two hundred times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"0" * 200_000_000)
    return out.getvalue()


def main() -> None:
    """Write and read in turn, and print times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    rounds = parser.parse_args().rounds
    book, model = price_book(), phase_model()
    plan = plan_for(case_of(Scenario(), book, model, today=TODAY))
    simulation = simulate(plan)
    handout = View(plan, language_for(LanguageCode.ENGLISH), lambda: simulation)
    context = OpenPlan(plan, book, model, TODAY)
    files = {form: one_file(form, handout, Dialect.RFC4180) for form in Format}
    written: dict[Format, list[float]] = {form: [] for form in Format}
    read: dict[Format, list[float]] = {form: [] for form in BACK}
    for _ in range(rounds):
        for form in Format:
            written[form].append(milliseconds(lambda form=form: one_file(form, replace(handout), Dialect.RFC4180)))  # type: ignore[misc]
        for form in BACK:
            read[form].append(milliseconds(lambda form=form: read_file(files[form], f"plan.{form}", context)))  # type: ignore[misc]
    slowest = max(written, key=lambda form: upper(written[form]))
    for form, times in written.items():
        print(f"{form:<8} {spread(times)}  against {slowest}: {ratio_of(times, written[slowest])}")
    late = [form for form, times in written.items() if form is not Format.PNG and upper(times) > SECOND_MS]
    print(f"Within a second: {'all but PNG' if not late else f'not {late}'}")
    for form, times in read.items():
        print(f"back {form:<8} {spread(times)}")
    hostile = bomb()
    times = [milliseconds(lambda: refused(hostile, context)) for _ in range(rounds)]
    print(f"a zip bomb is refused after {spread(times)}")


if __name__ == "__main__":
    main()
