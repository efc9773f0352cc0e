"""The protocols between a build and its money: what it may buy, who buys it, and where that is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from iconbuild.errors import IconbuildError
from iconbuild.model.artifact import Artifact
from iconbuild.model.money import Quote
from iconbuild.model.ports import Drawer, Limit, Store
from iconbuild.model.purchase import Attempt, Balance
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action

if TYPE_CHECKING:
    from iconbuild.model.session import Lock


class Buyer(Drawer, Protocol):
    """Who does the paid work of one build."""

    def bills(self) -> tuple[Quote, ...]:
        """What each of its purchases came to."""
        ...

    @property
    def stopped(self) -> IconbuildError | None:
        """Why no more is bought, where that was found out after an answer that is kept."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What people may want to know of the key, a sentence each."""
        ...

    def balance(self) -> Balance:
        """What the account holds now; raises CredentialError, ProviderError."""
        ...

    def refuse_beyond_balance(self, cost: Decimal) -> list[str]:
        """Raise BudgetError where the account holds less than `cost`; CredentialError, ProviderError.

        A sentence for each earlier purchase that the balance now proves not to have been charged.
        """
        ...

    def halt(self) -> None:
        """Nothing new is sent."""
        ...


class Errand(NamedTuple):
    """What one build may buy, and where that is kept."""

    provider: str
    root: str
    """The absolute folder of the manifest."""
    project: str
    """The absolute path of the manifest."""
    prices: Mapping[ActionKey, Quote]
    cache: Store
    limit: Callable[[str], Limit | None]
    budget: Decimal | None = None
    retry_unknown: bool = False
    buy_lost: bool = False
    superseded: Mapping[ActionKey, str] = MappingProxyType({})
    """The `icon_id` of the picture in the library that an action replaces."""


class Memories(Store, Protocol):
    """The store of a project that buys."""

    def secure(self, action: Action) -> Artifact | None:
        """What `action` made, which was bought, and is now among the originals of this project if it is anywhere."""
        ...

    def missing(self, key: ActionKey) -> bool:
        """Whether the lock or a record says that `key` was bought, and its bytes are nowhere."""
        ...


class Till(Protocol):
    """Everything about money on this machine; nothing of it is touched for a provider that is free."""

    def memory(self, root: str, prices: Mapping[ActionKey, Quote], lock: Lock) -> Memories:
        """The originals of a project ahead of the cache; `lock` names what they are to be."""
        ...

    def recover(self) -> list[str]:
        """Finish what dead processes left, without a network; a sentence for each thing worth telling."""
        ...

    def standing(self, keys: Iterable[ActionKey]) -> Mapping[ActionKey, Attempt]:
        """What the ledger knows of these keys; writes nothing."""
        ...

    def spent(self, project: str) -> Decimal:
        """What the budget of a project counts already; writes nothing."""
        ...

    def open(self, errand: Errand) -> Buyer:
        """A buyer with a key; raises CredentialError before any network."""
        ...
