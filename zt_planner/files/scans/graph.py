"""What Microsoft Graph answers: licences (`subscribedSkus`), and Secure Score with the profiles of its controls.

PowerShell writes the same with capital letters, and some programs put the list under `Results`. Traps: counts are
texts; a score may lack its list of controls, and without its profile has no maximum; a control that the user has marked
as ignored says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from zt_planner.domain.scan import (
    FoundLicence,
    Quantity,
    Result,
    Scan,
    ScanKind,
    UnseenReason,
    counted_result,
    quantity_of,
    unseen_result,
)
from zt_planner.files.scans.cells import decimal, is_true, object_of, objects, plain, scan_day, whole

LISTS = ("value", "results")
OWNED = ("enabled", "warning")
"""Units that are owned: in use, or in their last days; those that are suspended are not."""
CENTS = 10_000
SET_ASIDE = {"ignored"}


def items_of(data: object) -> list[Mapping[str, Any]]:
    """Return the items of an answer, their keys in small letters: a list, alone or in an envelope, or one item."""
    if isinstance(data, dict):
        wrapped = _lower(data)
        inside = next((wrapped[name] for name in LISTS if isinstance(wrapped.get(name), list)), None)
        data = [data] if inside is None else inside
    return [_lower(item) for item in objects(data)]


def _lower(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return {str(name).casefold(): value for name, value in item.items()}


def is_licences(items: Sequence[Mapping[str, Any]]) -> bool:
    return bool(items) and {"skupartnumber", "prepaidunits"} <= items[0].keys()


def is_scores(items: Sequence[Mapping[str, Any]]) -> bool:
    return any(map(_scored, items))


def _scored(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("controlscores"), list)


def is_profiles(items: Sequence[Mapping[str, Any]]) -> bool:
    return bool(items) and {"id", "maxscore", "controlcategory"} <= items[0].keys()


def licences_from(items: Iterable[Mapping[str, Any]], file: str) -> Scan:
    """Read licences."""
    return Scan(ScanKind.LICENCES, file, licences=tuple(seats_of(items)))


def seats_of(items: Iterable[Mapping[str, Any]]) -> Iterator[FoundLicence]:
    """Yield the licences among items; of one without its units nobody knows how many are owned."""
    for item in items:
        units = _lower(object_of(item.get("prepaidunits")))
        owned = [number for name in OWNED if (number := whole(units.get(name))) is not None]
        if name := plain(item.get("skupartnumber")):
            sku_id = plain(item.get("skuid")) or None
            yield FoundLicence(name, sku_id, sum(owned) if owned else None, whole(item.get("consumedunits")))


def score_from(
    scores: Iterable[Mapping[str, Any]], profiles: Iterable[Mapping[str, Any]], file: str, known: Mapping[str, str]
) -> Scan:
    """Read the latest of the scores, joined with the profiles by the name of the control."""
    latest = max(filter(_scored, scores), key=lambda item: plain(item.get("createddatetime")))
    by_id = {plain(profile.get("id")).casefold(): profile for profile in profiles}
    given = {
        plain(control.get("controlname")).casefold(): control
        for control in map(_lower, objects(latest["controlscores"]))
    }
    results = tuple(
        _score(control, given[control.casefold()], by_id.get(control.casefold(), {}))
        for control in known
        if control.casefold() in given
    )
    return Scan(ScanKind.SECURE_SCORE, file, scan_day(latest.get("createddatetime")), results)


def _score(control: str, score: Mapping[str, Any], profile: Mapping[str, Any]) -> Result:
    states = [_lower(update) for update in objects(profile.get("controlstateupdates"))]
    if states and plain(states[-1].get("state")).casefold() in SET_ASIDE:
        return unseen_result(control, UnseenReason.SET_ASIDE)
    if is_true(profile.get("deprecated")):
        return unseen_result(control, UnseenReason.NOT_BUILT)
    return counted_result(control, _quantity(score, profile))


def _quantity(score: Mapping[str, Any], profile: Mapping[str, Any]) -> Quantity | None:
    """Return the share of the score; of the people only where they say the same, as they may be those who lack it."""
    percent = decimal(score.get("scoreinpercentage"))
    points, most = decimal(score.get("score")), decimal(profile.get("maxscore"))
    people = quantity_of(whole(score.get("count")), whole(score.get("total")))
    if percent is not None:
        share = _share(percent, 100)
    elif points is not None and most:
        share = _share(points, most)
    else:
        return people
    is_same = people is not None and share is not None and abs(people.share - share.share) < Fraction(1, 100)
    return people if is_same else share


def _share(part: float, whole_of: float) -> Quantity | None:
    most = round(whole_of * CENTS)
    share = Fraction(round(part * CENTS), most) if most else None
    return Quantity(share) if share is not None and share <= 1 else None
