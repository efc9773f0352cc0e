"""What an icon's request asks for, or an anchor shows, becomes the ink, accent and weight to draw with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from iconbuild.model.values import Json, Params
from iconbuild.providers.local.palette import INDIGO, PERIWINKLE, SLATE, tint

WEIGHTS = {"detail-low": 1.875, "detail-medium": 1.5, "detail-high": 1.125}
"""Stroke width on the 24 grid by flag: little detail is drawn bold, much detail fine."""

CONTOUR = 0.75
"""Stroke width of the outline look on the 24 grid."""

_HEAVIEST_CONTOUR = 0.9  # a heavier one closes the gaps it runs around

_THINNEST, _BOLDEST = 0.5, 3.0
_COLOR = re.compile(r"#[0-9a-f]{6}")


class Profile(NamedTuple):
    """How an icon is drawn: colours as `#rrggbb`, visible stroke width on the 24 grid, caps `round` or `square`."""

    look: str
    ink: str
    accent: str | None
    weight: float
    caps: str = "round"

    def facts(self) -> dict[str, Json]:
        """The profile as it is kept with a picture."""
        return self._asdict()


def asked(look: str, color: str | None, flags: Sequence[str]) -> Profile:
    """The profile of an icon that follows no anchor."""
    ink = color or (INDIGO if look == "duotone" else SLATE)
    accent = (tint(color) if color else PERIWINKLE) if look == "duotone" else None
    weight = next((WEIGHTS[flag] for flag in flags if flag in WEIGHTS), WEIGHTS["detail-medium"])
    return Profile(look, ink, accent, CONTOUR if look == "outline" else weight)


def following(look: str, anchor: Profile) -> Profile:
    """The profile of an icon that follows an anchor: its own look in the anchor's colours and weight."""
    accent = (anchor.accent or tint(anchor.ink)) if look == "duotone" else None
    heaviest = _HEAVIEST_CONTOUR if look == "outline" else _BOLDEST
    weight = min(heaviest, max(_THINNEST, anchor.weight))
    return anchor._replace(look=look, accent=accent, weight=weight)


def stored(facts: Params) -> Profile | None:
    """The profile that a picture of this engine carries; None for any other picture."""
    found = facts.get("profile")
    if not isinstance(found, dict):
        return None
    look, ink, accent = found.get("look"), found.get("ink"), found.get("accent")
    weight, caps = found.get("weight"), found.get("caps")
    if not (isinstance(look, str) and isinstance(ink, str) and _COLOR.fullmatch(ink)):
        return None
    if accent is not None and not (isinstance(accent, str) and _COLOR.fullmatch(accent)):
        return None
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or caps not in ("round", "square"):
        return None
    return Profile(look, ink, accent, float(weight), str(caps))
