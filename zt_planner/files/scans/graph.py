"""What Microsoft Graph answers: licences (`subscribedSkus`), and Secure Score with the profiles of its controls.

PowerShell writes the same with capital letters, and some programs put the list under `Results`. Traps: counts are
texts; a score without its profile has no maximum; a control that the user has marked as ignored says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from zt_planner.domain.scan import Quantity, Result, Scan, ScanKind, Seats, Unseen, counted, quantity_of, unseen
from zt_planner.files.scans.cells import day_of, decimal, is_true, object_of, objects, plain, whole

LISTS = ("value", "results")
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
    return bool(items) and "controlscores" in items[0]


def is_profiles(items: Sequence[Mapping[str, Any]]) -> bool:
    return bool(items) and {"id", "maxscore", "controlcategory"} <= items[0].keys()


def licences_from(items: Iterable[Mapping[str, Any]], file: str) -> Scan:
    """Read licences: what is enabled or in its last days is owned, what is suspended is not."""
    return Scan(ScanKind.LICENCES, file, licences=tuple(_seats(items)))


def _seats(items: Iterable[Mapping[str, Any]]) -> Iterator[Seats]:
    for item in items:
        units = _lower(object_of(item["prepaidunits"])) if "prepaidunits" in item else {}
        owned = (whole(units.get("enabled")) or 0) + (whole(units.get("warning")) or 0)
        name = plain(item.get("skupartnumber"))
        if name:
            yield Seats(name, plain(item.get("skuid")) or None, owned, whole(item.get("consumedunits")))


def score_from(
    scores: Iterable[Mapping[str, Any]], profiles: Iterable[Mapping[str, Any]], file: str, known: Mapping[str, str]
) -> Scan:
    """Read the latest of the scores, joined with the profiles by the name of the control."""
    latest_first = sorted(scores, key=lambda item: plain(item.get("createddatetime")), reverse=True)
    by_id = {plain(profile.get("id")).casefold(): profile for profile in profiles}
    given = {
        plain(control.get("controlname")).casefold(): control
        for control in map(_lower, objects(latest_first[0]["controlscores"]))
    }
    results = tuple(
        _score(control, given[control.casefold()], by_id.get(control.casefold(), {}))
        for control in known
        if control.casefold() in given
    )
    return Scan(ScanKind.SECURE_SCORE, file, day_of(latest_first[0].get("createddatetime")), results)


def _score(control: str, score: Mapping[str, Any], profile: Mapping[str, Any]) -> Result:
    states = [_lower(update) for update in objects(profile.get("controlstateupdates"))]
    if states and plain(states[-1].get("state")).casefold() in SET_ASIDE:
        return unseen(control, Unseen.SET_ASIDE)
    if is_true(profile.get("deprecated")):
        return unseen(control, Unseen.NOT_BUILT)
    return counted(control, _quantity(score, profile))


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
    share = Fraction(round(part * CENTS), round(whole_of * CENTS))
    return Quantity(share) if share <= 1 else None
