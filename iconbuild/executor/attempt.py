"""A batch becomes words: what came of each of its actions. Results are in the store before anybody hears of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from iconbuild.errors import WorkError
from iconbuild.executor.batches import Batch, is_fused
from iconbuild.executor.perform import perform, perform_on
from iconbuild.model.artifact import Artifact
from iconbuild.model.money import Quote
from iconbuild.model.ports import Toolbox
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Apply

if TYPE_CHECKING:
    from iconbuild.pictures.opened import Opened


class Done(NamedTuple):
    """What came of one action; a picture that only passed through has no artifact."""

    action: Action
    artifact: Artifact | None = None
    spent: Quote | None = None
    error: BaseException | None = None
    performing: bool = False
    """Whether the error is one of the work itself, and not of reading its inputs or keeping its result."""


class Worker(NamedTuple):
    """What every thread of one run works with."""

    tools: Toolbox
    root: str
    known: Mapping[ActionKey, Artifact]
    """Artifacts of inputs that need not run."""
    results: Mapping[ActionKey, Artifact]
    """What this run has made so far."""
    passing: frozenset[ActionKey]
    """Pictures that are not kept."""
    keep_going: bool

    def attempt(self, batch: Batch) -> list[Done]:
        """A word for each action that was tried; one that needs a failed action of the batch is not."""
        words = self._shared(batch) if is_fused(batch[0]) else iter([self._single(batch[0])])
        return list(words)

    def _single(self, action: Action) -> Done:
        performing = False
        try:
            inputs = [self.tools.store.read(self._artifact(key)) for key in action.inputs]
            performing = True
            payload = perform(action, inputs, self.tools, self.root)
            performing = False
            return Done(action, self.tools.store.record(action, payload), payload.spent)
        except BaseException as error:
            return Done(action, error=error, performing=performing)

    def _shared(self, batch: Batch) -> Iterator[Done]:
        """The picture is opened once; each picture stays open until the last action that needs it is done."""
        opened: dict[ActionKey, Opened] = {}
        source = batch[0].inputs[0]
        left = Counter(action.inputs[0] for action in batch)
        for place, action in enumerate(batch):
            before = action.inputs[0]
            left[before] -= 1
            try:
                if place == 0:
                    opened[source] = self._open(source)
                parent = opened.get(before) if left[before] else opened.pop(before, None)
                if parent is None:
                    continue
                made = perform_on(action, parent, self.tools, painted=self._is_painted_over(action, batch))
                kept = action.key not in self.passing
                done = Done(action, self.tools.store.record(action, made.payload) if kept else None)
                if left[action.key]:
                    opened[action.key] = made
            except BaseException as error:
                done = Done(action, error=error)
            yield done
            if done.error is not None and not (self.keep_going and isinstance(done.error, WorkError)):
                return

    def _is_painted_over(self, action: Action, batch: Batch) -> bool:
        """Whether only steps see the result, all of which paint over its colours."""
        if action.key not in self.passing:
            return False
        works = [user.work for user in batch if action.key in user.inputs]
        steps = self.tools.vocabulary.steps
        return all(isinstance(work, Apply) and steps[work.tool].paints_all(work.params) for work in works)

    def _open(self, key: ActionKey) -> Opened:
        from iconbuild.pictures.opened import Opened

        return Opened(self.tools.store.read(self._artifact(key)))

    def _artifact(self, key: ActionKey) -> Artifact:
        return self.results.get(key) or self.known[key]
