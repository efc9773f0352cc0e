"""Outputs that ask for drawings meet icons that are none: each reason is one problem, whatever the icons it hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from iconbuild.errors import Problem
from iconbuild.model.manifest import IconSpec, Manifest, OutputSpec
from iconbuild.model.ports import Provider
from iconbuild.model.publishing import Wanted
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Generate
from iconbuild.planner.words import who

_REMEDY = "use png or webp there, or leave these icons to another manifest"


def refuse_drawings(
    manifest: Manifest,
    wishes: Iterable[tuple[OutputSpec, Wanted]],
    sources: Mapping[str, ActionKey],
    actions: Mapping[ActionKey, Action],
    provider: Provider,
) -> Iterator[Problem]:
    """One problem for each output and reason why a picture is no drawing that can leave as it is."""
    icons = {icon.name: icon for icon in manifest.icons}
    themed = {theme.name: bool(theme.steps) for theme in manifest.themes}
    hit: dict[tuple[OutputSpec, str], list[str]] = {}
    for spec, wanted in wishes:
        for name, theme in wanted.inputs if wanted.drawing else ():
            if name in sources:
                why = _why_not(icons[name], wanted, themed[theme], actions[sources[name]], provider)
                if why and name not in hit.setdefault((spec, why), []):
                    hit[spec, why].append(name)
    for (spec, why), names in hit.items():
        yield Problem("M038", f"{who(names)} cannot leave as svg: {why}", spec.where, remedy=_REMEDY)


def _why_not(icon: IconSpec, wanted: Wanted, themed: bool, source: Action, provider: Provider) -> str:
    if icon.steps or themed:
        step = icon.steps[0].name if icon.steps else "the theme's"
        return f"steps make pixels of it ({step})"
    if icon.source is not None:
        return "" if icon.source.path.lower().endswith(".svg") else f"{icon.source.path} is a picture of pixels"
    if isinstance(source.work, Generate):
        look = f"{icon.look.kind} `{icon.look.name}` of {provider.name}"
        if not provider.drawable_as_svg(source.work.request):
            return f"{look} is no plain vector drawing"
        if wanted.one_ink and not provider.drawable_as_svg(source.work.request, one_ink=True):
            return f"{look} has several colours, and `current-color` needs one ink"
    return ""
