"""What was approved, and what was forecast since: figures of a day that nothing changes.

A plan that was approved is kept whole, with its prices and its model, packed: it
is read by the program, rarely by people. Law: what is packed reads back as itself.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field

from zt_planner.domain.data.columns import printable
from zt_planner.domain.scenario.values import Part, PlanDay, SignedMoney

APPROVED_NAME_LENGTH = 60
MOST_PACKED, MOST_UNPACKED = 200_000, 2_000_000
"""Characters of a plan that is kept, and bytes of it unpacked."""


def packed(data: dict[str, Any]) -> str:
    """Return a scenario's nested data as short as it goes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(text.encode(), 9)).decode()


def unpacked(text: str) -> dict[str, Any]:
    """Return the data that was packed; raise ValueError for any other text, and for one that never ends."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(b64decode(text, validate=True), MOST_UNPACKED)
    except (Error, zlib.error) as error:
        raise ValueError(error) from None
    data = json.loads(content)
    if not isinstance(data, dict) or not unpacker.eof:
        raise ValueError(type(data))
    return data


class Forecast(Part):
    """What the plan came to on a status date that was saved; amounts in EUR.

    `sure_by` and `sure_budget` hold with 80 %; None where no date does. No amount is kept where it is not shown or a
    price is missing.
    """

    finish: PlanDay
    sure_by: PlanDay | None = None
    budget: SignedMoney | None = None
    sure_budget: SignedMoney | None = None

    def without_amounts(self) -> Self:
        """Return the days alone."""
        return self.model_copy(update={"budget": None, "sure_budget": None})


class Approved(Part):
    """A plan as it was approved, with the prices and the model of that day.

    `by` is who approved it, `promised_budget` and `promised_finish` the figures that were approved: those of the first
    sentence, the budget as it was shown. `today` is the day as of which it was planned, `plan` its scenario, packed.
    `finish` and `budget` (EUR, for the introduction) are what it came to, so that whoever computes it anew can compare.
    No amount is kept where it is not shown or a price is missing.
    """

    on: PlanDay
    today: PlanDay
    plan: Annotated[str, Field(max_length=MOST_PACKED)]
    finish: PlanDay
    budget: SignedMoney | None = None
    by: Annotated[str, Field(max_length=APPROVED_NAME_LENGTH), AfterValidator(printable)] = ""
    promised_budget: SignedMoney | None = None
    promised_finish: PlanDay | None = None

    @property
    def agreed_finish(self) -> date:
        """The finish that was approved: the promised one where that is known, otherwise the plan's own."""
        return self.promised_finish or self.finish

    @property
    def agreed_budget(self) -> Decimal | None:
        """The budget that was approved, on the same ground as the finish."""
        return self.budget if self.promised_finish is None else self.promised_budget
