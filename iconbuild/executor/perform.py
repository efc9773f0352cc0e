"""One action becomes bytes: read the artwork, let the provider draw, or run a tool on pictures."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from iconbuild.errors import PictureError, WorkError
from iconbuild.model.artifact import REMARKS, SVG, Payload
from iconbuild.model.ports import Step, Toolbox
from iconbuild.model.values import Params
from iconbuild.model.work import CANVAS, Action, Apply, Delegate, Generate, Import

if TYPE_CHECKING:
    from iconbuild.pictures.opened import Opened


def perform(action: Action, inputs: Sequence[Payload], tools: Toolbox, root: str) -> Payload:
    """What `action` makes of its inputs; raises WorkError for this action only, other errors for the run."""
    match action.work:
        case Import() as work:
            return _import(work, root)
        case Generate(provider=name) | Delegate(provider=name) if name in tools.drawers:
            return tools.drawers[name].fulfil(action, inputs)
        case Generate(provider=name, request=request):
            return tools.providers[name].generate(request, inputs[0] if inputs else None)
        case Delegate(provider=name, task=task):
            raise WorkError(f"`{name}` cannot do `{task}` here", remedy="plan again")
        case Apply(tool=name, params=params):
            from iconbuild.pictures.opened import Gallery

            return tools.vocabulary.outputs[name].run(params, Gallery(inputs))


def perform_on(action: Action, source: Opened, tools: Toolbox, *, painted: bool = False) -> Opened:
    """What `action` makes of the one picture that it works on; raises as `perform` does.

    The result of a step is pixels, and becomes bytes when somebody asks for them; those that are to be `painted` over
    may come without their colours.
    """
    from iconbuild.pictures.opened import Opened

    if not isinstance(action.work, Apply):
        raise TypeError("only tools of ours work on one picture")
    tool, params = action.work.tool, action.work.params
    if tool == CANVAS:
        return Opened.made(source.whole(cast("int", params["side"])), source.facts)
    if tool in tools.vocabulary.steps:
        return _stepped(tools.vocabulary.steps[tool], action.work, source, painted=painted)
    return Opened(tools.vocabulary.outputs[tool].run(params, [source]))


def _stepped(step: Step, work: Apply, source: Opened, *, painted: bool) -> Opened:
    from iconbuild.pictures.chain import run_step
    from iconbuild.pictures.opened import Opened

    if step.version != work.version:
        raise PictureError(f"there is no step `{work.tool}` in version {work.version}", remedy="plan again")
    picture = source.whole()
    facts, remark = source.facts, step.remark(picture, work.params)
    if remark:
        said = facts.get(REMARKS)
        facts = Params({**facts, REMARKS: [*(said if isinstance(said, (list, tuple)) else ()), remark]})
    return Opened.made(run_step(picture, step, work.params, painted=painted), facts)


def _import(work: Import, root: str) -> Payload:
    from iconbuild.pictures.artwork import read_artwork
    from iconbuild.pictures.decode import open_picture
    from iconbuild.pictures.header import sniff_artwork
    from iconbuild.pictures.svg import check_svg

    try:
        data, _ = read_artwork(root, work.path)
    except OSError as error:
        raise WorkError(f"cannot read {work.path}: {error.strerror}") from error
    if sha256(data).hexdigest() != work.digest:
        raise WorkError(
            f"{work.path} changed while it was being built", remedy="run the same command again: it plans anew"
        )
    payload = Payload(data, sniff_artwork(data))
    if payload.media == SVG:
        check_svg(data)
    else:
        open_picture(payload)  # damage is told here, once and by the file's name, not by each file made of it
    return payload
