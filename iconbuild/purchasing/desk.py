"""An action becomes its result: bought, done by a free endpoint, or saved to the library, whatever else runs."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from decimal import Decimal

from iconbuild.errors import (
    BudgetError,
    CredentialError,
    FilesystemError,
    IconbuildError,
    ProviderError,
    StoreError,
    UnknownOutcomeError,
    WorkError,
)
from iconbuild.model.artifact import Payload
from iconbuild.model.money import Quote, amount_words
from iconbuild.model.purchase import (
    LIBRARY,
    Balance,
    Bought,
    BrokenOffError,
    Claimed,
    Delivered,
    Held,
    LostError,
    Message,
    Order,
    Refused,
    Reply,
    Unresolved,
)
from iconbuild.model.work import Action, Delegate, Generate
from iconbuild.purchasing.buying import OverchargedError, Purchase, buy, finish, unknown_error
from iconbuild.purchasing.counter import Counter
from iconbuild.purchasing.free import call_free
from iconbuild.purchasing.proof import void_proved

_BREAKER = 3
"""So many unclear answers in a row end all paid work."""
_ACCOUNT = "account"
"""The pool of questions about the account, for which no limit is documented."""


class Desk:
    """Fulfils the Generate and Delegate actions of one provider; safe to share between threads."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._lock = threading.Lock()
        self._unclear = 0
        self._settled: set[str] = set()
        self.stopped: IconbuildError | None = None
        """Why no more is bought, where no failure of an icon says so."""

    @property
    def account(self) -> str:
        """A name for the key at its address."""
        return self._counter.account

    @property
    def notes(self) -> tuple[str, ...]:
        """What people may want to know of the key."""
        return self._counter.notes

    def balance(self) -> Balance:
        """What the account holds now; the ledger remembers it. Raises CredentialError, ProviderError."""
        counter = self._counter
        try:
            reply = call_free(counter, counter.remote.balance_message(), _ACCOUNT, _ACCOUNT)
        except BrokenOffError as error:
            raise ProviderError(
                f"`{counter.remote.name}` did not tell the balance: {error}; nothing was spent",
                remedy="run the same command again",
            ) from None
        balance = counter.remote.balance(reply)
        counter.ledger.read_balance(counter.account, balance)
        return balance

    def refuse_beyond_balance(self, cost: Decimal) -> list[str]:
        """Ask for the balance, and raise BudgetError where it is less than `cost`.

        What the balance now proves not to have been charged is void from here on; a sentence for each.
        """
        balance = self.balance()
        if cost > balance.total:
            raise BudgetError(
                f"this build costs {amount_words(cost, balance.unit)} and the account holds {balance.total}; "
                "nothing was spent",
                remedy="top the account up, or build single icons by name",
            )
        return void_proved(self._counter.ledger, self._counter.spool, self._counter.account)

    def bills(self) -> tuple[Quote, ...]:
        """What each purchase made here came to, as the ledger knows by now: prices show once the account is quiet."""
        with self._lock:
            settled = frozenset(self._settled)
        attempts = self._counter.ledger.attempts(account=self._counter.account) if settled else ()
        return tuple(
            Quote(each.order.unit, each.spent, "exact" if each.price == "observed" else "estimate")
            for each in attempts
            if each.id in settled
        )

    def halt(self) -> None:
        """Nothing new is sent; what is under way ends and is kept."""
        self._counter.pause.halt()

    def fulfil(self, action: Action, inputs: Sequence[Payload]) -> Payload:
        """What the action makes.

        Raises WorkError for this action only; BudgetError, CredentialError, ProviderError for all paid ones;
        HaltedError where the run was stopped before it was sent; FilesystemError and StoreError for the run.
        """
        work = action.work
        if not isinstance(work, (Generate, Delegate)):
            raise TypeError("only a provider's work is ordered here")
        if action.key in self._counter.prices:
            return self._bought(action, inputs)
        if isinstance(work, Delegate) and work.task != LIBRARY:
            return self._processed(action, work, inputs)
        with self._counter.alone():
            superseded = self._counter.superseded.get(action.key, "")
            return self._counter.remote.save(action, inputs, self._called, superseded)

    def _called(self, message: Message, pool: str) -> Reply:
        return call_free(self._counter, message, pool, LIBRARY)

    def _processed(self, action: Action, work: Delegate, inputs: Sequence[Payload]) -> Payload:
        """A step at the provider's own free endpoint."""
        counter = self._counter
        failed = f"{work.task} at {counter.remote.name} failed"
        try:
            reply = call_free(counter, counter.remote.message(action, inputs), action.pool, work.task)
        except BrokenOffError as error:
            raise WorkError(f"{failed}: {error}", remedy=_AGAIN) from None
        judgement = counter.remote.judge(work.task, reply)
        if isinstance(judgement, Delivered):
            return judgement.payload
        if isinstance(judgement, Refused):
            raise judgement.error
        raise WorkError(f"{failed} ({reply.status})", remedy=_AGAIN)

    def _bought(self, action: Action, inputs: Sequence[Payload]) -> Payload:
        counter = self._counter
        counter.pause.check()
        counter.originals.prepare()
        message, order = counter.remote.message(action, inputs), counter.order(action)
        claim = self._claimed(order)
        if isinstance(claim, Payload):
            return claim
        if isinstance(claim, Bought):
            fetched = self._fetched(order, claim)
            if fetched is not None:
                return fetched
            if not counter.buy_lost:
                raise LostError(order.label)
            counter.ledger.lost(claim.attempt)
            return self._bought(action, inputs)
        try:
            payload = buy(counter, Purchase(claim.attempt, order, message, action.pool))
        except OverchargedError as error:
            self._settled.add(claim.attempt)
            self.stopped = error
            self.halt()
            return error.payload
        except (BudgetError, CredentialError, ProviderError):
            self.halt()
            raise
        except UnknownOutcomeError:
            self._count_unclear()
            raise
        with self._lock:
            self._unclear = 0
            self._settled.add(claim.attempt)
        return payload

    def _count_unclear(self) -> None:
        with self._lock:
            self._unclear += 1
            if self._unclear >= _BREAKER and self.stopped is None:
                self.stopped = UnknownOutcomeError(
                    f"{_BREAKER} answers in a row were unclear: nothing more is bought",
                    remedy="look at the account and at `iconbuild ledger`, then run the same command again to go on",
                )
                self.halt()

    def _claimed(self, order: Order) -> Claimed | Bought | Payload:
        """The purchase is ours, or done, or was paid for and waits in the spool; waits while others are at it."""
        counter, waited = self._counter, 0.0
        earlier = counter.ledger.standing([order.key]).get(order.key) if counter.retry_unknown else None
        if earlier and earlier.state == "unknown" and (paid := finish(counter, order, earlier.id)):
            return paid  # it is here: nobody can have meant to pay for it again
        while True:
            claim = counter.ledger.claim(order, budget=counter.budget, retry_unknown=counter.retry_unknown)
            match claim:
                case Claimed() | Bought():
                    return claim
                case Unresolved(attempt=attempt):
                    if paid := finish(counter, order, attempt):
                        return paid
                    raise unknown_error(order, attempt, "an earlier purchase has an unknown outcome")
                case Held(holder=holder):
                    if waited >= counter.patience.rival:
                        raise FilesystemError(
                            f"{holder} has been buying `{order.label}` for {waited:.0f} seconds; nothing was spent",
                            remedy="wait for it or end it, and run the same command again",
                        )
                    counter.pause.sleep(counter.patience.tick)
                    waited += counter.patience.tick

    def _fetched(self, order: Order, bought: Bought) -> Payload | None:
        """What another process has bought, which goes to our own originals too; None where its bytes are gone."""
        counter = self._counter
        folders = (counter.originals, counter.elsewhere(bought.originals))
        recorded = [(place, place.lookup(order.key)) for place in (*folders, counter.cache)]
        named = [(place, place.named(bought.digest)) for place in folders]
        for place, artifact in (*recorded, *named):
            if artifact is None:
                continue
            try:
                payload = place.read(artifact)
            except StoreError:
                continue
            counter.originals.keep(order.key, order.recipe, payload)
            return payload
        return None


_AGAIN = "what was bought is kept: run the same command again"
