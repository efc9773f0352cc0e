"""What stays the same for all calls of one run: whom we buy from, with what key, within which budget, kept where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from iconbuild.model.money import Quote
from iconbuild.model.ports import Limit, Store
from iconbuild.model.purchase import GENERATE, Order
from iconbuild.model.trade import Ledger, Originals, Remote, Spool, Turns, Wire
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Delegate
from iconbuild.purchasing.pause import Pause


class Patience(NamedTuple):
    """How long things may take, in seconds, and how often they are tried."""

    answer: float = 300.0
    """A whole paid call, from the connection to the last byte."""
    free: float = 90.0
    """A whole free call."""
    rival: float = 600.0
    """For another process that is buying the same thing."""
    limited: float = 600.0
    """For a provider that says again and again that there were too many calls."""
    tries: int = 4
    """Of a call that did not leave this machine, or of a free one."""
    tick: float = 0.1
    """Between two looks at what another process does."""


class Counter(NamedTuple):
    """Where paid work is ordered."""

    remote: Remote
    wire: Wire
    account: str
    """A name for the key at its address."""
    ledger: Ledger
    turns: Turns
    spool: Spool
    originals: Originals
    folder: str
    """The absolute folder of `originals`."""
    elsewhere: Callable[[str], Originals]
    """The originals in another folder."""
    cache: Store
    project: str
    """The absolute path of the manifest, whose budget counts."""
    limit: Callable[[str], Limit | None]
    """The provider's limit of a pool."""
    prices: Mapping[ActionKey, Quote]
    budget: Decimal | None
    pause: Pause
    alone: Callable[[], AbstractContextManager[None]]
    """Held by whoever looks into the library and adds to it: one thread of one process at a time."""
    patience: Patience = Patience()
    retry_unknown: bool = False
    buy_lost: bool = False
    """Buy again what was bought and whose bytes are gone."""
    superseded: Mapping[ActionKey, str] = MappingProxyType({})
    """The `icon_id` of the picture in the library that an action replaces."""
    notes: tuple[str, ...] = ()
    """What people may want to know of the key, such as that another was left aside."""

    def order(self, action: Action) -> Order:
        """What has to survive this process of the purchase of what `action` makes."""
        quote = self.prices[action.key]
        planned, worst = quote.amount, quote.amount
        if worst is None or quote.bound == "lower":
            worst = max(worst or Decimal(0), self.remote.ceiling(action))
        task = action.work.task if isinstance(action.work, Delegate) else GENERATE
        return Order(
            key=action.key,
            label=action.label,
            provider=self.remote.name,
            account=self.account,
            task=task,
            recipe=action.recipe_text(),
            project=self.project,
            originals=self.folder,
            unit=quote.unit,
            planned=planned,
            worst=worst,
        )
