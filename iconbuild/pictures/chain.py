"""A picture goes through bound steps, one after another, without leaving memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from iconbuild.model.ports import Step
from iconbuild.model.values import Params

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture

Bound: TypeAlias = tuple[Step, Params]
"""A step with the parameters that it was bound to."""


def run_step(picture: Picture, step: Step, params: Params, *, painted: bool = False) -> Picture:
    """`picture` after one step, in its smallest form; raises PictureError where the step cannot be done on it.

    `painted` says that nobody is going to see its colours, as all that follows paints over them: then the shape alone
    is made where that is less work.
    """
    shape = step.shape(picture, params) if painted else None
    return (shape or step.run(picture, params)).smallest()


def stepped(picture: Picture, steps: Sequence[Bound]) -> Iterator[tuple[Picture, str]]:
    """The picture after each of `steps`, and what that step says of the picture that it got ("" mostly).

    The last picture has the same pixels as if each had been kept as a file in between.
    """
    for place, (step, params) in enumerate(steps):
        remark = step.remark(picture, params)
        painted = any(after.paints_all(given) for after, given in steps[place + 1 : place + 2])
        picture = run_step(picture, step, params, painted=painted)
        yield picture, remark
