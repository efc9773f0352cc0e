"""What dead processes left becomes settled, void or unknown, without a network: a whole answer is finished for free."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from iconbuild.errors import IconbuildError
from iconbuild.model.money import amount_words
from iconbuild.model.purchase import Attempt, Delivered, Limited, Refused
from iconbuild.model.trade import Ledger, Originals, Remote, Spool


class Recovery(NamedTuple):
    """What recovery works with."""

    ledger: Ledger
    spool: Spool
    remote: Callable[[str], Remote | None]
    """The wire side of a provider, by its name; None for one that only a later version knows."""
    originals: Callable[[str], Originals]
    """The originals in a folder."""


def recover(recovery: Recovery) -> list[str]:
    """Settle every open attempt of a dead process; a sentence for each that was not simply dropped.

    An unknown one is looked at as well where its answer is here: another process may have called it unknown before
    anybody read that. Only one process at a time may do it.
    """
    attempts = [*recovery.ledger.orphans(), *_answered(recovery)]
    sentences = [sentence for attempt in attempts if (sentence := _settled(attempt, recovery))]
    _tidy(recovery)
    return sentences


def _answered(recovery: Recovery) -> list[Attempt]:
    """Unknown attempts of which something arrived."""
    left = set(recovery.spool.left())
    found = recovery.ledger.attempts() if left else ()
    return [each for each in found if each.id in left and each.state == "unknown" and not each.waived]


def _tidy(recovery: Recovery) -> None:
    """Let go of answers that are kept or worth nothing, whose run ended between its last two moves."""
    left = set(recovery.spool.left())
    for attempt in recovery.ledger.attempts() if left else ():
        if attempt.id in left and (attempt.digest or attempt.waived or attempt.state == "void"):
            recovery.spool.drop(attempt.id)


def _settled(attempt: Attempt, recovery: Recovery) -> str:
    order, ledger, spool = attempt.order, recovery.ledger, recovery.spool
    if attempt.state == "intent":
        ledger.void(attempt.id, "not sent: the process ended before")
        spool.drop(attempt.id)
        return ""
    remote, reply = recovery.remote(order.provider), spool.reply(attempt.id)
    if remote is None:
        return f"`{order.label}` was being bought from a provider that this version does not know: update iconbuild"
    judgement = remote.judge(order.task, reply) if reply else None
    if isinstance(judgement, Delivered):
        try:
            artifact = recovery.originals(order.originals).keep(order.key, order.recipe, judgement.payload)
        except IconbuildError as error:
            return f"`{order.label}` is paid and waits in {spool.path(attempt.id)}: {error.message}"
        settlement = ledger.settled(attempt.id, artifact.digest, judgement.remaining)
        spool.drop(attempt.id)
        return (
            f"finished `{order.label}`, paid by a run that ended early ({amount_words(settlement.spent, order.unit)})"
        )
    if isinstance(judgement, (Refused, Limited)):
        ledger.void(attempt.id, "refused, and the process ended")
        spool.drop(attempt.id)
        return ""
    if attempt.state == "unknown":
        return ""
    ledger.unknown(attempt.id, "the process ended between sending and the whole answer")
    if reply is None:
        spool.drop(attempt.id)  # nothing arrived: there is nothing to look at
    return (
        f"nobody knows whether `{order.label}` was charged ({amount_words(order.worst, order.unit)}): "
        f"see `iconbuild ledger`, attempt {attempt.id}"
    )
