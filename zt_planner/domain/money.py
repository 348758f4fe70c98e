"""Money: EUR, net of VAT, exact to the cent (M1).

Amounts are `Decimal` with two places. What has more places than that is a
`Fraction` until it is rounded, once, half up: here and nowhere else.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

ZERO = Decimal("0.00")
LARGEST_AMOUNT = Decimal("999999999999.99")
HOME_CURRENCY = "EUR"
"""What every plan is computed in."""


def from_cents(cents: int) -> Decimal:
    """Return an amount in EUR for whole cents."""
    return Decimal(cents).scaleb(-2)


def to_cents(amount: Decimal) -> int:
    """Return whole cents; the amount has at most two places."""
    return int(amount.scaleb(2))


def floor_div_round(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero; the denominator is positive."""
    if numerator < 0:
        return -floor_div_round(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def rounded_product(*factors: Fraction | Decimal | int) -> Decimal:
    """Multiply exactly and round once, to the cent, half up (away from zero for credits)."""
    numerator, denominator = 100, 1
    for factor in factors:
        above, below = factor.as_integer_ratio()
        numerator *= above
        denominator *= below
    return from_cents(floor_div_round(numerator, denominator))


def exact_decimal(value: Fraction | int) -> Decimal:
    """Return a fraction as a decimal: exact where its decimals end, otherwise to 28 digits."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def rounded(value: Decimal | Fraction | int, places: int) -> Decimal:
    """Round half up (away from zero below it) to so many places, for days, shares and whatever is shown."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return Decimal(floor_div_round(value.numerator * 10**places, value.denominator)).scaleb(-places)


def up_to_thousands(amount: Decimal) -> Decimal:
    """Round an amount up to whole thousands, as a promised budget is told (M34).

    >>> up_to_thousands(Decimal("188000.01"))
    Decimal('189000')
    """
    return amount.scaleb(-3).to_integral_value(rounding=ROUND_CEILING) * 1000


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Sum amounts; an empty sum is 0.00."""
    return sum(amounts, ZERO)


def spread_by_days(amount: Decimal, days: tuple[int, ...]) -> tuple[Decimal, ...]:
    """Share an amount by days, rounded down; leftover cents go one each to the earliest shares (M16).

    The shares add up to the amount. `days` are not negative and not all 0.

    >>> spread_by_days(Decimal("1.00"), (1, 1, 1))
    (Decimal('0.34'), Decimal('0.33'), Decimal('0.33'))
    """
    cents, all_days = to_cents(amount), sum(days)
    shares = [cents * part // all_days for part in days]
    left = cents - sum(shares)
    for index, part in enumerate(days):
        if left and part:
            shares[index] += 1
            left -= 1
    return tuple(from_cents(share) for share in shares)


def largest_remainder(parts: Sequence[int], divisor: int) -> list[int]:
    """Divide parts whose sum can be divided, so that the whole quotients add up to that of the sum.

    What rounding towards zero leaves goes one each to the largest remainders, of equal ones to the first.

    >>> largest_remainder([5, 5, 2], 6)
    [1, 1, 0]
    """
    quotients = [abs(part) // divisor * (1 if part > 0 else -1) for part in parts]
    left = sum(parts) // divisor - sum(quotients)
    sign = 1 if left > 0 else -1
    remainders = [(part - quotient * divisor) * sign for part, quotient in zip(parts, quotients, strict=True)]
    for index in sorted(range(len(parts)), key=lambda index: -remainders[index])[: abs(left)]:
        quotients[index] += sign
    return quotients
