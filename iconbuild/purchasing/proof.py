"""Balances over time become a proof that an unknown purchase was not charged, or no proof; never a guess.

Asking once, at once, proves nothing: a server may charge seconds later. So nothing else of ours may have been in
flight, a settle window has to pass, and two readings half a minute apart have to show the balance of before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

from iconbuild.model.purchase import Attempt, Reading
from iconbuild.model.trade import Ledger, Spool

SETTLE, APART = 120.0, 30.0
"""Seconds: the least settle window, and the least distance of the two readings."""
RECENT = 86_400.0
"""Seconds: a balance from longer ago proves nothing, since a full account hides that it was filled up in between."""

VOID_NOTE = "the balance shows that nothing was charged"


class Proof(NamedTuple):
    """Whether it is proved that nothing was charged; if not, why, and in how many seconds to read again (0: never)."""

    void: bool
    why: str = ""
    wait: float = 0.0


def void_proved(ledger: Ledger, spool: Spool, account: str) -> list[str]:
    """Void what the readings prove not to have been charged, as of the last one; a sentence for each."""
    attempts, readings = ledger.attempts(account=account), ledger.readings(account)
    sentences = []
    for attempt in attempts:
        open_ = attempt.state == "unknown" and not attempt.waived
        if open_ and readings and prove(attempt, attempts, readings, readings[-1].at).void:
            ledger.void(attempt.id, VOID_NOTE)
            spool.drop(attempt.id)
            sentences.append(f"`{attempt.order.label}` was not charged: the balance of before and after is the same")
    return sentences


def prove(attempt: Attempt, attempts: Sequence[Attempt], readings: Sequence[Reading], now: float) -> Proof:
    """Judge an unknown `attempt` by all `attempts` and `readings` of its account; times in seconds since the epoch."""
    doubted = _at_once(attempt, attempts)
    began, ended = min(each.began for each in doubted), max(each.ended or each.began for each in doubted)
    others = [each for each in attempts if each not in doubted and each.state != "void"]
    if any(each.began <= ended and (each.ended or now) >= began for each in others):
        return Proof(False, "something else was being bought at the same time")
    before = max((each for each in readings if each.at <= began), key=lambda each: each.at, default=None)
    if before is None:
        return Proof(False, "the balance before it is not known")
    since = [each for each in others if (each.ended or now) >= before.at]
    if any(each.state != "settled" or each.price != "observed" for each in since):
        return Proof(False, "another price of the same time is not known for certain")
    later = sorted(each for each in readings if each.at > before.at)
    if any(next_.total > one.total for one, next_ in zip([before, *later], later, strict=False)):
        return Proof(False, "the account was topped up or reset in between")
    if later and later[-1].at > now:
        return Proof(False, "the clock was set back in between")
    if now - before.at > RECENT:
        return Proof(False, "the last balance before it is too old")
    if _month(before.at) != _month(now):
        return Proof(False, "a month has begun in between, and with it the account's tokens")
    return _settled(ended + _settle_window(attempts), before, since, later, now)


def _at_once(attempt: Attempt, attempts: Sequence[Attempt]) -> list[Attempt]:
    """The unknown ones that were under way together: a balance that is what it was shows that none was charged."""
    doubted = [attempt]
    while True:
        began, ended = min(each.began for each in doubted), max(each.ended or each.began for each in doubted)
        more = [
            each
            for each in attempts
            if each.state == "unknown"
            and each not in doubted
            and each.began <= ended
            and (each.ended or each.began) >= began
        ]
        if not more:
            return doubted
        doubted += more


def _settled(settled: float, before: Reading, since: Sequence[Attempt], later: Sequence[Reading], now: float) -> Proof:
    """The readings after the settle window, each compared with what the account must hold if nothing was charged."""
    after = [each for each in later if each.at >= settled]
    for reading in after:
        if reading.total != before.total - sum(
            (each.spent for each in since if (each.ended or 0) <= reading.at), Decimal(0)
        ):
            return Proof(False, "the balance is not what it was")
    if not after:
        return Proof(False, "it is too early to tell", max(1.0, settled - now))
    if after[-1].at - after[0].at < APART:
        return Proof(False, "one more reading is needed", max(1.0, after[0].at + APART - now))
    return Proof(True)


def _settle_window(attempts: Sequence[Attempt]) -> float:
    """Twice the slowest answer that was seen, at least two minutes."""
    slowest = max((each.ended - each.began for each in attempts if each.state == "settled" and each.ended), default=0.0)
    return max(SETTLE, 2 * slowest)


def _month(at: float) -> tuple[int, int]:
    day = datetime.fromtimestamp(at, UTC)
    return day.year, day.month
