"""A picture's bytes and a list of steps become the finished picture's bytes: decoded once, encoded once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from iconbuild.errors import PictureError
from iconbuild.model.artifact import DRAWINGS, PNG, Payload
from iconbuild.model.ports import Step
from iconbuild.model.values import Params
from iconbuild.steps.registry import STEPS

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture

CHAIN_VERSION = 1


def run_chain(payload: Payload, params: Params, registry: Mapping[str, Step] = STEPS) -> Payload:
    """Run the steps of `params` in order and give back a PNG with the facts of `payload`.

    `params` is `{"canvas": 512, "steps": [{"step": "crop", "version": 1, "params": {...}}, ...]}`. A drawing is made at
    `canvas` pixels, another picture keeps its size. Raises PictureError where the picture or a step cannot be done,
    and where a step is unknown or of another version: what was planned is not what would be run.
    """
    from iconbuild.pictures.decode import open_picture, sniff
    from iconbuild.pictures.encode import encode_fast
    from iconbuild.pictures.picture import picture_of

    canvas = params["canvas"]
    if not isinstance(canvas, int):
        raise TypeError("`canvas` is a whole number of pixels")
    picture = picture_of(open_picture(payload, canvas if sniff(payload.data) in DRAWINGS else None))
    wanted = params["steps"]
    if not isinstance(wanted, (list, tuple)):
        raise TypeError("`steps` is a list")
    for entry in wanted:
        if not isinstance(entry, Mapping):
            raise TypeError("an entry of `steps` is a mapping")
        picture = _run(picture, entry, registry)
    return Payload(encode_fast(picture), PNG, payload.facts)


def _run(picture: Picture, entry: Mapping[str, object], registry: Mapping[str, Step]) -> Picture:
    name, settings = str(entry["step"]), entry["params"]
    step = registry.get(name)
    if step is None or step.version != entry["version"]:
        raise PictureError(f"there is no step `{name}` in version {entry['version']}", remedy="plan again")
    if not isinstance(settings, Mapping):
        raise TypeError(f"the parameters of `{name}` are a mapping")
    return step.run(picture, settings if isinstance(settings, Params) else Params(settings))
