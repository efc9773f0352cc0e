"""What a manifest asks of its provider beside drawing is found, or refused: a setting is never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from iconbuild.errors import Problem, Where
from iconbuild.model.manifest import IconSpec, Manifest, OutputSpec, StepSpec
from iconbuild.model.ports import Provider, Task
from iconbuild.model.publishing import Wanted
from iconbuild.model.purchase import LIBRARY
from iconbuild.model.session import Lock
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Delegate, Plan
from iconbuild.planner.words import who

REMOTE_ONLY = frozenset({"smart-remove-bg"})
"""Steps that this machine cannot do."""
_STEPS_HERE = "take `steps-on: provider` away: steps run on this machine, for free"
_FLAT = "remove-bg does it on this machine for flat backgrounds"
_OTHERS = re.compile(r"[^a-z0-9]+")


def task_of(step: StepSpec, provider: Provider, *, remote: bool) -> Task | None:
    """What the provider does for a step, None where this machine does it; `remote`: steps run at the provider."""
    return provider.task(step.name) if remote or step.name in REMOTE_ONLY else None


def refuse_steps(manifest: Manifest, provider: Provider, steps: Collection[str]) -> Iterator[Problem]:
    """One problem for each reason and place where the provider would have to do a step; `steps` are all there are."""
    remote = manifest.steps_on == "provider"
    if remote and not any(map(provider.task, steps)):
        message = f"`steps-on: provider` has no meaning: `{provider.name}` does no steps"
        yield Problem("M036", message, Where(manifest.path, 1, 1), remedy=_STEPS_HERE)
        remote = False
    hit: dict[tuple[str, str, Where], list[str]] = {}
    for icon, step, where in _placed_steps(manifest):
        why = _why_not(step, provider) if remote or step.name in REMOTE_ONLY else ""
        if why and icon.name not in hit.setdefault((why, step.name, where), []):
            hit[why, step.name, where].append(icon.name)
    for (why, name, where), names in hit.items():
        remedy = _FLAT if name in REMOTE_ONLY else _STEPS_HERE
        yield Problem("M036", f"{who(names)}: {why}", where, remedy=remedy)


def _placed_steps(manifest: Manifest) -> Iterator[tuple[IconSpec, StepSpec, Where]]:
    """Every step of every icon with the place that it was said at; for steps of themes that of the first icon."""
    for icon in manifest.icons:
        origin = icon.origins.get("steps")
        where = (origin and origin.where) or icon.where
        yield from ((icon, step, where) for step in icon.steps)
        yield from ((icon, step, manifest.icons[0].where) for theme in manifest.themes for step in theme.steps)


def _why_not(step: StepSpec, provider: Provider) -> str:
    if provider.task(step.name) is None:
        return f"step `{step.name}` is not done by `{provider.name}`"
    return provider.check_task(step.name, step.params)


def refuse_saves(wishes: Iterable[tuple[OutputSpec, Wanted]], provider: Provider) -> Iterator[Problem]:
    """One problem for each output that the provider has no task for, and for each name that two pictures would have."""
    taken: dict[str, tuple[str, str]] = {}
    for spec, wanted in wishes:
        if wanted.task and provider.task(wanted.task) is None:
            message = f"output `{spec.kind}`: `{provider.name}` has no library to save icons to"
            yield Problem("M036", message, spec.where, remedy="take the output away, or choose a provider with one")
            continue
        for pair, settings in zip(wanted.inputs, wanted.settings, strict=False):
            name = str(settings.get("name"))
            first = taken.setdefault(_slug(name), pair)
            if first != pair:
                message = f"the icons `{first[0]}` and `{pair[0]}` would have one name in the library, `{_slug(name)}`"
                if first[0] == pair[0]:
                    message = f"two pictures of icon `{pair[0]}` would have one name in the library, `{_slug(name)}`"
                yield Problem("M016", message, spec.where, remedy='tell them apart, such as `name: "dark-{icon}"`')


def saved_icons(plan: Plan) -> dict[str, ActionKey]:
    """The action that saves each icon to a library, by the icon's name; the first where there are several."""
    found: dict[str, ActionKey] = {}
    for action in plan.actions.values():
        if isinstance(action.work, Delegate) and action.work.task == LIBRARY:
            found.setdefault(action.label, action.key)
    return found


def superseded(plan: Plan, lock: Lock) -> dict[ActionKey, str]:
    """The `icon_id` under which an earlier picture of an icon is in the library, by the key that saves the new one."""
    found = {}
    for name, key in saved_icons(plan).items():
        entry = lock.get((False, name))
        if entry and entry.library and entry.library["key"] != key[:12]:
            found[key] = entry.library["icon_id"]
    return found


def _slug(name: str) -> str:
    """What libraries make of a name: small letters and digits, dashes between them."""
    return _OTHERS.sub("-", name.lower()).strip("-")
