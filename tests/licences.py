"""A few licences, and work that needs them, for tests of who gets what."""

from __future__ import annotations

from tests.builders import SIGN_IN, SUITE, model, price, task

WORK = model(task("pilot", needs=("mfa",)), task("just_in_time", needs=("pim",)))
PREMIUM = price("premium", 20, grants=(*SUITE, *SIGN_IN), seat_family="business", seat_cap=300)
ENTERPRISE = price("enterprise", 40, grants=(*SUITE, *SIGN_IN))
PIM = price("pim", 9, grants=("pim",))
