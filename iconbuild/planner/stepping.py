"""Pictures become finished pictures: each step an action, on this machine or at the provider."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from iconbuild.model.manifest import Manifest, StepSpec
from iconbuild.model.ports import Provider, Task
from iconbuild.model.publishing import Wanted
from iconbuild.model.values import ActionKey, Params
from iconbuild.model.work import CANVAS, CANVAS_VERSION, Apply, Delegate, Generate
from iconbuild.planner.draft import Draft
from iconbuild.planner.remote import task_of


class Place(NamedTuple):
    """Where steps run: the provider and whether it does all of them, and the side of the canvas in pixels."""

    provider: Provider
    remote: bool
    canvas: int


class Finisher:
    """Adds steps to a draft; what equal chains begin with is shared."""

    def __init__(self, place: Place, draft: Draft) -> None:
        self._place, self._draft = place, draft
        self._ends: dict[str, list[ActionKey]] = {}
        self._pixels = Apply(CANVAS, CANVAS_VERSION, Params({"side": place.canvas}))

    def finished(self, manifest: Manifest, sources: Mapping[str, ActionKey]) -> dict[tuple[str, str], ActionKey]:
        """The last picture of each icon and theme."""
        found = {}
        for icon in manifest.icons:
            for theme in manifest.themes:
                last = sources[icon.name]
                label = f"{icon.name} ({theme.name})" if theme.name else icon.name
                for step in (*icon.steps, *theme.steps):
                    last = self._stepped(step, last, label)
                found[icon.name, theme.name] = last
                self._ends.setdefault(icon.name, []).append(last)
        return found

    def handed_over(self, wanted: Wanted, finished: Mapping[tuple[str, str], ActionKey]) -> Iterator[ActionKey]:
        """What an output gets: finished pictures, or what the provider made of them."""
        task = self._place.provider.task(wanted.task) if wanted.task else None
        for place, pair in enumerate(wanted.inputs):
            key = finished[pair]
            if task:
                key = self._delegated(wanted.task, task, wanted.settings[place], key, pair[0])
                self._ends[pair[0]].append(key)
            yield key

    def paid(self, icon: str, source: ActionKey) -> tuple[ActionKey, ...]:
        """The actions of an icon that cost money, its drawing first, then those between that and its last pictures."""
        actions, prices = self._draft.actions, self._draft.prices
        found = [source] if source in prices else []
        for end in self._ends[icon] if self._pays_after_drawing else ():
            chain, key = [], end
            while key != source:
                chain.append(key)
                key = actions[key].inputs[0]
            found += [key for key in reversed(chain) if key in prices]
        return tuple(dict.fromkeys(found))

    @cached_property
    def _pays_after_drawing(self) -> bool:
        return any(isinstance(self._draft.actions[key].work, Delegate) for key in self._draft.prices)

    def _stepped(self, step: StepSpec, last: ActionKey, label: str) -> ActionKey:
        task = task_of(step, self._place.provider, remote=self._place.remote)
        if task is not None:
            return self._delegated(step.name, task, step.params, last, label)
        if self._draft.actions[last].pool != "steps":
            last = self._on_canvas(last, label)
        return self._draft.add(Apply(step.name, step.version, step.params), (last,), label, "steps")

    def _delegated(self, name: str, task: Task, params: Params, last: ActionKey, label: str) -> ActionKey:
        """A provider is sent pixels: its own pictures as they are, artwork and drawings from a canvas."""
        before = self._draft.actions[last]
        own = isinstance(before.work, (Generate, Delegate)) and before.work.provider == self._place.provider.name
        if not own and before.pool != "steps":
            last = self._on_canvas(last, label)
        work = Delegate(self._place.provider.name, name, task.version, params)
        return self._draft.add(work, (last,), label, task.pool, quote=task.quote)

    def _on_canvas(self, last: ActionKey, label: str) -> ActionKey:
        return self._draft.add(self._pixels, (last,), label, "steps")
