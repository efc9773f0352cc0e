"""A picture goes through bound steps, one after another, without leaving memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from iconbuild.model.ports import Step
from iconbuild.model.values import Params

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture


def run_step(picture: Picture, step: Step, params: Params) -> Picture:
    """`picture` after one step, in its smallest form; raises PictureError where the step cannot be done on it."""
    return step.run(picture, params).smallest()


def run_steps(picture: Picture, steps: Iterable[tuple[Step, Params]]) -> Picture:
    """`picture` after all `steps`; the same pixels as if each had been kept as a file in between."""
    for step, params in steps:
        picture = run_step(picture, step, params)
    return picture
