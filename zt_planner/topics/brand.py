"""Whose look a plan's papers have: name, foot, logo, and colours that can be read on the ground where they stand.

Laws: a colour that cannot be read there is made darker or lighter until it can (WCAG AA, 4.5 to 1); what the program
itself must say, that these are planning figures and where they are from, is never replaced.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from zt_planner.domain.scenario.catalogue import Brand
from zt_planner.engine.plan import AnyPlan

LEAST_CONTRAST = 4.5
WHITE, BLACK = "#ffffff", "#000000"
DARK_GROUND = "#0e131b"
"""Of pages in the dark theme."""
STEPS = 20
LINEAR = 0.04045
"""Up to here a part of a colour grows evenly with the light (sRGB)."""


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a firm's papers on a ground; what it does not set is empty."""

    name: str
    footer: str
    colour: str
    second_colour: str
    logo: bytes

    @property
    def foot(self) -> str:
        """The line at the foot: whose papers they are, and what is said besides."""
        return " · ".join(filter(None, (self.name, self.footer)))


def look_of(plan: AnyPlan, ground: str = WHITE) -> Look | None:
    """Return the look that a plan's catalogue gives its papers; None where it gives none."""
    used = plan.scenario.display.catalogue
    if used is None or used.brand == Brand():
        return None
    brand = used.brand
    colour, second = (readable_on(each, ground) if each else "" for each in (brand.colour, brand.second_colour))
    return Look(brand.firm or used.name, brand.footer, colour, second, b64decode(brand.logo))


def readable_on(colour: str, ground: str) -> str:
    """Return a colour, or the next shade of it that can be read on a ground."""
    towards = BLACK if _luminance(ground) > _luminance("#808080") else WHITE
    shades = (_mixed(colour, towards, step / STEPS) for step in range(STEPS + 1))
    return next((shade for shade in shades if contrast(shade, ground) >= LEAST_CONTRAST), towards)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (part / 255 for part in _parts(colour))
    red, green, blue = (part / 12.92 if part <= LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: str, towards: str, share: float) -> str:
    mixed = (round(one + (other - one) * share) for one, other in zip(_parts(colour), _parts(towards), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
