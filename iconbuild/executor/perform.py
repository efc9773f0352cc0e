"""One action becomes bytes: read the artwork, let the provider draw, or run a tool."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256

from iconbuild.errors import PictureError, WorkError
from iconbuild.model.artifact import SCENE, SVG, Payload
from iconbuild.model.ports import Toolbox
from iconbuild.model.work import Action, Apply, Generate, Import


def perform(action: Action, inputs: Sequence[Payload], tools: Toolbox, root: str) -> Payload:
    """What `action` makes of its inputs; raises WorkError for this action only, other errors for the run."""
    match action.work:
        case Import() as work:
            return _import(work, root)
        case Generate(provider=name, request=request):
            return tools.providers[name].generate(request, inputs[0] if inputs else None)
        case Apply(tool="steps", params=params):
            return tools.run_chain(inputs[0], params)
        case Apply(tool=name, params=params):
            return tools.vocabulary.outputs[name].run(params, inputs)


def _import(work: Import, root: str) -> Payload:
    from iconbuild.pictures.decode import sniff
    from iconbuild.pictures.svg import check_svg

    try:
        with open(os.path.join(root, work.path), "rb") as file:
            data = file.read()
    except OSError as error:
        raise WorkError(f"cannot read {work.path}: {error.strerror}") from error
    if sha256(data).hexdigest() != work.digest:
        raise WorkError(
            f"{work.path} changed while it was being built", remedy="run the same command again: it plans anew"
        )
    try:
        media = sniff(data)
        if media == SCENE:
            raise PictureError("this is no picture that can be read", remedy="use SVG, PNG, WebP or JPEG")
        if media == SVG:
            check_svg(data)
    except PictureError as error:
        raise PictureError(f"{work.path}: {error.message}", remedy=error.remedy) from error
    return Payload(data, media)
