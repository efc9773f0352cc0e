"""One paid call in the order that loses nothing: claim, room for the answer, a turn, send once, keep, settle.

Whoever is killed anywhere here leaves an attempt whose state says what may have happened: before `sending` nothing
did, with a whole answer in the spool it is finished for free, and all between is unknown and not sent again unasked.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from iconbuild.errors import BudgetError, FilesystemError, IconbuildError, UnknownOutcomeError, WorkError
from iconbuild.model.artifact import Payload
from iconbuild.model.money import Quote, amount_words
from iconbuild.model.purchase import (
    BrokenOffError,
    Delivered,
    HaltedError,
    Limited,
    Message,
    Order,
    Refused,
    Reply,
    Sink,
    Unclear,
)
from iconbuild.purchasing.counter import Counter
from iconbuild.purchasing.sending import send_in_turn, stand_back


class Purchase(NamedTuple):
    """An order that is claimed, and how to send it."""

    attempt: str
    order: Order
    message: Message
    pool: str


def buy(counter: Counter, purchase: Purchase) -> Payload:
    """Send, keep and settle a claimed purchase; the payload has what it cost.

    Raises UnknownOutcomeError where it may have been charged, the provider's refusal, FilesystemError, HaltedError.
    """
    waited = 0.0
    while True:
        reply = _sent(counter, purchase)
        judgement = counter.remote.judge(purchase.order.task, reply)
        match judgement:
            case Delivered():
                return _kept(counter, purchase, judgement)
            case Limited(wait=asked):
                counter.ledger.unsent(purchase.attempt)
                waited += stand_back(counter, purchase.pool, asked)
                if waited > counter.patience.limited:
                    _abandon(counter, purchase, "too many calls, again and again")
                    raise WorkError(
                        f"the provider refused `{purchase.order.label}` for {waited:.0f} seconds: too many calls",
                        remedy="run the same command again later; what was bought is kept",
                    )
            case Refused(error=error):
                _abandon(counter, purchase, f"refused: {reply.status}")
                raise error
            case Unclear(why=why, stops=stops):
                raise _unknown(counter, purchase, why, stops)


def _sent(counter: Counter, purchase: Purchase) -> Reply:
    """The whole answer, durable in the spool and marked as received."""
    attempt, left = purchase.attempt, False

    def room() -> Sink:
        nonlocal left
        if left:  # the last try ran out of time after the ledger knew of it, and before its first byte
            counter.ledger.unsent(attempt)
            left = False
        return counter.spool.reserve(attempt)

    def sending() -> None:
        nonlocal left
        counter.ledger.sending(attempt)
        left = True

    try:
        room()  # before waiting for a turn: where there is no room, there is nothing to wait for
        reply = send_in_turn(
            counter, purchase.message, room, purchase.pool, sending=sending, deadline=counter.patience.answer
        )
    except BrokenOffError as error:
        if not left:
            raise
        raise _unknown(counter, purchase, str(error)) from None
    except OSError as error:
        if left:
            raise _unknown(counter, purchase, f"the answer could not be kept: {error.strerror}") from None
        _abandon(counter, purchase, "not sent")
        raise FilesystemError(f"{purchase.order.label}: {error.strerror}; nothing was sent or spent for it") from error
    except (HaltedError, IconbuildError):
        if not left:
            _abandon(counter, purchase, "not sent")
        raise
    _secure(counter, purchase)
    counter.ledger.received(attempt)
    return reply


def _secure(counter: Counter, purchase: Purchase) -> None:
    """The whole answer on the disk; where that fails it is left as it is, for the next run to look at."""
    try:
        counter.spool.secure(purchase.attempt)
    except FilesystemError as error:
        raise FilesystemError(
            f"{error.message}; that is the answer to `{purchase.order.label}`, which was paid for",
            remedy="run the same command again: it looks at the answer first, and buys nothing twice",
        ) from error


def _kept(counter: Counter, purchase: Purchase, delivered: Delivered) -> Payload:
    """The original in its place, then the booking; only then is the spool let go."""
    order = purchase.order
    artifact = counter.originals.keep(order.key, order.recipe, delivered.payload)
    settlement = counter.ledger.settled(purchase.attempt, artifact.digest, delivered.remaining)
    counter.spool.drop(purchase.attempt)
    spent = Quote(order.unit, settlement.spent, "exact" if settlement.price == "observed" else "estimate")
    if settlement.over > 0:
        raise OverchargedError(order, settlement.over, delivered.payload._replace(spent=spent))
    return delivered.payload._replace(spent=spent)


def finish(counter: Counter, order: Order, attempt: str) -> Payload | None:
    """Keep and settle what an earlier run paid for, whose whole answer is still in the spool; None where none is.

    Recovery does that first, but cannot where the folder of that run is gone: a project that was moved is `order`'s.
    """
    reply = counter.spool.reply(attempt)
    judgement = counter.remote.judge(order.task, reply) if reply else None
    if not isinstance(judgement, Delivered):
        return None
    artifact = counter.originals.keep(order.key, order.recipe, judgement.payload)
    counter.ledger.settled(attempt, artifact.digest, judgement.remaining)
    counter.spool.drop(attempt)
    return judgement.payload


class OverchargedError(BudgetError):
    """More left the account than was planned; the picture is bought and kept."""

    def __init__(self, order: Order, over: Decimal, payload: Payload) -> None:
        super().__init__(
            f"after `{order.label}` the account holds {amount_words(over, order.unit)} less than the plan says: a "
            "higher price, or somebody else uses the account; nothing more is bought",
            remedy="what was bought is kept; see `iconbuild ledger`, then run the same command again to go on",
        )
        self.payload = payload


def _abandon(counter: Counter, purchase: Purchase, note: str) -> None:
    """Nothing was charged. The answer goes last: it proves that, should this process be killed in between."""
    counter.ledger.void(purchase.attempt, note)
    counter.spool.drop(purchase.attempt)


def _unknown(counter: Counter, purchase: Purchase, why: str, stops: IconbuildError | None = None) -> IconbuildError:
    """The attempt is booked as unknown, its raw answer kept; the error to raise."""
    counter.ledger.unknown(purchase.attempt, why)
    if counter.spool.reply(purchase.attempt) is None:
        counter.spool.drop(purchase.attempt)  # nothing arrived: there is nothing to look at
    return stops or unknown_error(purchase.order, purchase.attempt, why)


def unknown_error(order: Order, attempt: str, why: str) -> UnknownOutcomeError:
    """What people are told of a purchase of which nobody knows whether it was charged."""
    return UnknownOutcomeError(
        f"{why}; {amount_words(order.worst, order.unit)} may have been charged, so it is not sent again by itself",
        remedy="`iconbuild ledger` shows what arrived; look at the account, then "
        f"`iconbuild ledger resolve {attempt} --charged` or `--void`; or `build --retry-unknown` buys it again",
    )
