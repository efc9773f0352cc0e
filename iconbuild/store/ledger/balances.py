"""Balances over time become prices: what an account lost is compared with what was booked; nothing is guessed.

Answers tell the balance after their own charge, or before it where a server charges late, and many are in flight at
once. So balances are compared between *quiet* points, at which nothing of ours was in flight. From one to the next an
account loses what the charges between them cost, and what was still *owed*: booked earlier and not yet seen to be lost.
A balance that went up is a top-up or a new month; what it hides is counted as owed, so that doubt never looks like an
overcharge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

SETTLE = 120.0
"""Seconds after which every charge shows in the balance, and no answer to an earlier question is still on its way."""
_NONE = Decimal(0)


class Charge(NamedTuple):
    """An attempt that was sent. `sent` and `closed` are places in the order of all that the ledger saw."""

    id: str
    sent: int
    closed: int | None
    """None while it is in flight."""
    ended: float
    """Seconds since the epoch."""
    booked: Decimal
    planned: Decimal | None
    worst: Decimal
    remaining: Decimal | None
    """The balance that its answer told."""

    @property
    def due(self) -> Decimal:
        """What is booked where no balance says better."""
        return self.worst if self.planned is None else self.planned


class Told(NamedTuple):
    """A balance that was asked for: its place, when it was noted (seconds since the epoch), and the sum."""

    n: int
    at: float
    total: Decimal


class Booking(NamedTuple):
    """What a charge is booked at, what the account lost beyond all bookings, and bookings that are now known better."""

    spent: Decimal
    price: Literal["observed", "planned", "unknown"]
    over: Decimal
    corrected: Mapping[str, Decimal]


class Stand(NamedTuple):
    """An account at a quiet point, and what was sent since."""

    known: Decimal | None
    """The least balance that was told up to there; None before the first."""
    owed: Decimal
    """What is booked and not yet lost; negative: lost and not booked."""
    batch: tuple[Charge, ...] = ()


_Event: TypeAlias = tuple[int, Literal["sent", "closed", "told"], Charge | Told]


def book(charges: Iterable[Charge], readings: Iterable[Told], charge: Charge) -> Booking:
    """Book `charge`, which has just been closed; `charges` are the others of its account, void ones left out."""
    others = [each for each in charges if each.id != charge.id]
    known, owed, batch = _follow([*others, charge._replace(closed=None)], readings)
    batch = tuple(charge._replace(booked=charge.due) if each.id == charge.id else each for each in batch)
    over = _over(known, owed, batch)
    unsure: Literal["planned", "unknown"] = "unknown" if charge.planned is None else "planned"
    if charge.remaining is None:
        return Booking(charge.due, "unknown", over, {})
    if known is None:
        return Booking(charge.due, unsure, over, {})
    if len(batch) == 1:
        price = _alone(known - charge.remaining, owed, charge)
        return Booking(price or charge.due, "observed" if price else "unknown", over, {})
    prices = {} if owed else _apart(known, batch)
    price = prices.pop(charge.id, None)
    return Booking(price or charge.due, "observed" if price else unsure, over, prices)


def _follow(charges: Sequence[Charge], readings: Iterable[Told]) -> Stand:
    """The last quiet point, and what was sent since; one charge at least is still in flight."""
    stand, flying, last = Stand(None, _NONE), 0, float("-inf")
    for _, what, item in sorted(_events(charges, readings), key=lambda event: event[0]):
        if isinstance(item, Told):
            if not flying:
                stand = _told(stand, item, item.at - last)
        elif what == "sent":
            flying += 1
            stand = stand._replace(batch=(*stand.batch, item))
        else:
            flying -= 1
            last = max(last, item.ended)
            if not flying:
                stand = _quiet(stand)
    return stand


def _events(charges: Iterable[Charge], readings: Iterable[Told]) -> Iterable[_Event]:
    for charge in charges:
        yield charge.sent, "sent", charge
        if charge.closed is not None:
            yield charge.closed, "closed", charge
    for reading in readings:
        yield reading.n, "told", reading


def _told(stand: Stand, reading: Told, gap: float) -> Stand:
    """The account after a reading that was noted `gap` seconds after the last charge was closed."""
    if gap > SETTLE or stand.known is None:
        return Stand(reading.total, _NONE if gap > SETTLE else stand.owed)
    # It may have been asked for before that charge: a balance above the known one is then no top-up.
    return Stand(reading.total, stand.owed + reading.total - stand.known)


def _quiet(stand: Stand) -> Stand:
    """The account once all that was sent has been closed."""
    values = [each.remaining for each in stand.batch if each.remaining is not None]
    owed = stand.owed + sum((each.booked for each in stand.batch), _NONE)
    if not values:
        return Stand(stand.known, owed)
    least, most = min(values), max(values)
    begins = stand.known is None or most > stand.known
    lost = most - least if begins or stand.known is None else stand.known - least
    return Stand(least, max(_NONE, owed - lost))


def _over(known: Decimal | None, owed: Decimal, batch: Sequence[Charge]) -> Decimal:
    """What is lost for certain beyond what is owed, booked and reserved; a top-up can only hide some of it."""
    values = [each.remaining for each in batch if each.remaining is not None]
    if known is None or not values:
        return _NONE
    return max(_NONE, known - min(values) - owed - sum((each.booked for each in batch), _NONE))


def _alone(lost: Decimal, owed: Decimal, charge: Charge) -> Decimal | None:
    """The price of a charge that nothing else of ours overlaps; None where the loss does not tell it."""
    if owed:
        return charge.due if lost in (charge.due, charge.due + owed) else None
    return lost if _plausible(lost, charge) else None


def _apart(known: Decimal, batch: Sequence[Charge]) -> dict[str, Decimal]:
    """The price of each charge of a batch that is over: sorted downwards, the balances are steps of one charge each."""
    told = [(each.remaining, each) for each in batch if each.remaining is not None and each.closed is not None]
    if len(told) != len(batch):
        return {}
    told.sort(key=lambda pair: pair[0], reverse=True)
    steps = zip(pairwise([known, *(value for value, _ in told)]), told, strict=True)
    prices = {each.id: before - after for (before, after), (_, each) in steps}
    return prices if all(_plausible(prices[each.id], each) for each in batch) else {}


def _plausible(price: Decimal, charge: Charge) -> bool:
    """Whether one charge can have cost that much: twice the worst price is something else."""
    return _NONE < price < 2 * charge.worst
