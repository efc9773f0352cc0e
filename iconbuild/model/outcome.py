"""What came of the work: partial success is a value, not an exception."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from iconbuild.errors import IconbuildError, StoreError
from iconbuild.model.artifact import Artifact
from iconbuild.model.money import Quote
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action


class Failure(NamedTuple):
    """An action that could not be done, and why."""

    action: Action
    error: IconbuildError


class Outcome(NamedTuple):
    """Results and failures of a run; `skipped` are actions whose inputs failed or that were not begun."""

    results: Mapping[ActionKey, Artifact] = MappingProxyType({})
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Action, ...] = ()
    generated: int = 0
    processed: int = 0
    spent: tuple[Quote, ...] = ()
    signal: int = 0
    """The number of the signal that ended the run early; 0: none did."""
    damage: StoreError | None = None
    """What ended the run early: a cached input was damaged, and has been forgotten."""

    stopped: IconbuildError | None = None
    """What ended all paid work early: no tokens, a refused key, a provider that cannot be reached."""

    @property
    def interrupted(self) -> bool:
        """Whether a signal ended the run early."""
        return self.signal != 0

    def after(self, earlier: Outcome) -> Outcome:
        """This run and an earlier one of the same build, as one."""
        return self._replace(
            results={**earlier.results, **self.results},
            generated=earlier.generated + self.generated,
            processed=earlier.processed + self.processed,
            spent=(*earlier.spent, *self.spent),
            stopped=earlier.stopped or self.stopped,
        )


class Emitted(NamedTuple):
    """What the emitter did to the user's tree; all paths are relative to the manifest."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    kept: tuple[str, ...] = ()
    """Files edited by hand that stand in the way: left alone and reported."""
    missing: tuple[str, ...] = ()
    """Files that could not be written because their work failed."""
    orphans: tuple[str, ...] = ()
    """Files written by an earlier build that the manifest no longer asks for."""
    pruned: tuple[str, ...] = ()
    stubborn: tuple[str, ...] = ()
    """Orphans that were to be removed and were not, because somebody edited them."""
