"""What a manifest may say and this version does not do becomes a problem: a setting is never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator

from iconbuild.errors import Problem, Where
from iconbuild.model.manifest import Manifest

_REMOTE_STEPS = frozenset({"smart-remove-bg"})


def refuse_unbuilt(manifest: Manifest) -> Iterator[Problem]:
    """One problem per setting, at the icon or at the top of the manifest."""
    top = Where(manifest.path, 1, 1)
    if manifest.steps_on == "provider":
        remedy = "take the line away: steps run on this machine, for free"
        yield Problem("M036", f"`steps-on: provider` is not done yet for `{manifest.provider}`", top, remedy=remedy)
    for icon in manifest.icons:
        steps = [*icon.steps, *(step for theme in manifest.themes for step in theme.steps)]
        for name in sorted(_REMOTE_STEPS.intersection(step.name for step in steps)):
            remedy = "remove-bg does it on this machine for flat backgrounds"
            yield Problem(
                "M036", f"icon `{icon.name}`: step `{name}` runs at a provider only", icon.where, remedy=remedy
            )
