"""Pictures become a fact about those that are not to be published unasked; it stays with the file until then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from iconbuild.model.artifact import BLANK, MISSHAPEN, NO_FACTS
from iconbuild.model.values import Params
from iconbuild.pictures.picture import Picture


def blank(picture: Picture, facts: Params = NO_FACTS) -> str | None:
    """What is to be seen instead of an icon, as the end of a sentence; None where two pixels differ.

    Such a picture has nothing that can be seen, or the same colour and alpha in every pixel; or its `facts` say that
    its provider drew it misshapen.
    """
    misshapen = facts.get(MISSHAPEN)
    return _blank(picture) or (str(misshapen) if misshapen else None)


def _blank(picture: Picture) -> str | None:
    low, high = cast("tuple[int, int]", picture.alpha().getextrema())
    if high == 0:
        return "is fully transparent"
    if low < high:
        return None  # a glyph in one colour is told from its ground by its alpha
    color = picture.smallest().color
    if color is None:
        return None
    return "is one flat area of #" + bytes(color).hex() + (f"{high:02x}" if high < 255 else "")


def blank_facts(answers: Iterable[str | None]) -> Params:
    """The answers of `blank` about the inputs of a file, as a fact about it; no facts where each shows something."""
    found = {str(place): why for place, why in enumerate(answers) if why}
    return Params({BLANK: found}) if found else NO_FACTS
