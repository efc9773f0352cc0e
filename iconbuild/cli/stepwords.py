"""`--step smooth=3,algorithm=contour` becomes a step with checked settings, or a sentence that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from iconbuild.errors import UsageError
from iconbuild.model.ports import Step
from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import closest
from iconbuild.steps.registry import STEPS

_EXAMPLES = {"crop": "10", "recolor": "#0f172a", "thickness": "2", "smooth": "3,algorithm=contour", "remove-bg": "5"}
_PROVIDERS_OWN = "smart-remove-bg"
_NUMBER = re.compile(r"[+-]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
"""As people write numbers: what has zeros in front is a text."""
_LONGEST_NUMBER, _LONGEST_ECHO = 40, 80


def bound(words: Sequence[str]) -> list[tuple[Step, Params]]:
    """The steps that `words` name, in their order; raises UsageError."""
    return [_bound(word) for word in words]


def _bound(word: str) -> tuple[Step, Params]:
    name, _, values = word.partition("=")
    given = f"--step {word if len(word) <= _LONGEST_ECHO else word[:_LONGEST_ECHO] + '...'}"
    if name == _PROVIDERS_OWN:
        raise UsageError(
            f"{given}: it can only be done by a provider",
            remedy="use remove-bg, which is free and works on flat backgrounds",
        )
    if name not in STEPS:
        known = [known for known in STEPS if known != _PROVIDERS_OWN]
        raise UsageError(f"{given}: there is no step `{name}`{closest(name, known)}", remedy=", ".join(known))
    step = STEPS[name]
    try:
        return step, _settings(step, [part.strip() for part in values.split(",")])
    except ValueError as error:
        raise UsageError(f"{given}: {error}", remedy=f"such as --step {name}={_EXAMPLES[name]}") from None


def _settings(step: Step, values: Sequence[str]) -> Params:
    """The first value is the main one, whose name is the step's own affair; the others have theirs before them."""
    main, *others = values
    if not main:
        raise ValueError(f"{step.name} needs a value")
    params = step.bind(_value(main))
    named: dict[str, Json] = {}
    for part in others:
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise ValueError(f"`{part}` has no name: only the first value goes without")
        if name in named:
            raise ValueError(f"`{name}` is given twice")
        named[name] = _value(value)
    _refuse_main_again(step, main, named)
    return step.bind({**params, **named}) if named else params


def _refuse_main_again(step: Step, main: str, named: Mapping[str, Json]) -> None:
    """What is enough for the step without the first value says by its name what that said without."""
    try:
        step.bind(named)
    except ValueError:
        return
    raise ValueError(f"{step.name} is given its main value twice: as {main}, and by name")


def _value(text: str) -> Json:
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return text
    number = float(text)
    return int(number) if number.is_integer() else number
