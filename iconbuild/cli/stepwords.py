"""`--step smooth=3,algorithm=contour` becomes a step with checked settings, or a sentence that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iconbuild.errors import IconbuildError, UsageError
from iconbuild.model.ports import Step
from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import closest
from iconbuild.steps.registry import STEPS

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.ASCII | re.IGNORECASE)
_ELSEWHERE = "smart-remove-bg"
"""The one step that only a provider can do."""


def bound(words: Sequence[str]) -> list[tuple[Step, Params]]:
    """The steps that `words` name, in their order; raises UsageError."""
    return [_bound(word) for word in words]


def _bound(word: str) -> tuple[Step, Params]:
    name, *rest = (part.strip() for part in word.partition("=")[::2])
    step = STEPS.get(name)
    here = [known for known in STEPS if known != _ELSEWHERE]
    if step is None:
        raise UsageError(f"--step {word}: there is no step `{name}`{closest(name, here)}", remedy=_known(here))
    if name == _ELSEWHERE:
        _refuse(step, word)
    main, *more = (part.strip() for part in rest[0].split(","))
    if not main:
        raise UsageError(f"--step {word}: {name} needs a value", remedy=f"such as --step {_example(name)}")
    try:
        params = step.bind(_value(main))
        return step, step.bind({**params.data, **_settings(more)}) if more else params
    except ValueError as error:
        raise UsageError(f"--step {word}: {error}", remedy=f"such as --step {_example(name)}") from None
