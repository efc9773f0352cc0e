"""`iconbuild ledger resolve ID`: somebody who knows, or the balance, decides what became of one purchase."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from iconbuild.cli.speak import note, say_data
from iconbuild.errors import UnknownOutcomeError, UsageError
from iconbuild.model.purchase import Attempt
from iconbuild.purchasing.proof import VOID_NOTE, Proof, prove
from iconbuild.report.inert import inert
from iconbuild.report.ledger import Entry, amount, state_words
from iconbuild.report.numbers import seconds_words
from iconbuild.toolbox import money

if TYPE_CHECKING:
    from iconbuild.purchasing.desk import Desk
    from iconbuild.toolbox.till import PaidTill


def resolve(prefix: str, options: argparse.Namespace) -> int:
    """Decide about the attempt whose id begins with `prefix`; 9 where the balance could not."""
    till = money()
    for sentence in till.recover():
        note(sentence, options)
    attempt = till.ledger.get(prefix)
    if attempt.state != "unknown":
        orphan = attempt.id in {each.id for each in till.ledger.orphans()}
        raise UsageError(
            f"attempt {attempt.id} is not unknown, but {state_words(Entry(attempt, orphan))}",
            remedy="`iconbuild ledger --unknown` lists what is to be decided",
        )
    if options.by_balance:
        return _ask_balance(till, attempt, options)
    if options.charged:
        till.ledger.resolve(attempt.id, charged=True, note="charged, says who looked at the account")
        words = f"stays booked with {amount(attempt)}, and its picture is not there: the next build buys it anew"
        return _told(till, attempt, words, options)
    if options.void:
        till.ledger.resolve(attempt.id, charged=False, note="not charged, says who looked at the account")
        till.spool.drop(attempt.id)
        return _told(till, attempt, "was not charged: the next build buys it", options)
    raise UsageError("what became of it?", remedy="--charged, --void or --by-balance")


def _ask_balance(till: PaidTill, attempt: Attempt, options: argparse.Namespace) -> int:
    """Ask until it is proved that nothing was charged, or that this cannot be proved."""
    desk = till.asking(attempt.order.provider)
    if desk.account != attempt.order.account:
        raise UsageError(
            f"attempt {attempt.id} was made with another key or at another address",
            remedy="take the key with which it was bought, or decide with --charged or --void",
        )
    while True:
        proof = _judged(till, desk, attempt)
        if proof.void:
            till.ledger.resolve(attempt.id, charged=False, note=VOID_NOTE)
            till.spool.drop(attempt.id)
            return _told(till, attempt, "was not charged, as the balance shows: the next build buys it", options)
        if not proof.wait:
            _told(till, attempt, f"stays unknown: {proof.why}", options)
            return UnknownOutcomeError.exit_code
        note(f"{proof.why}: asking again in {seconds_words(proof.wait)} (Ctrl-C ends it; nothing is lost)", options)
        time.sleep(proof.wait)


def _judged(till: PaidTill, desk: Desk, attempt: Attempt) -> Proof:
    """What the balances say, with one more of now."""
    desk.balance()
    ledger = till.ledger
    return prove(attempt, ledger.attempts(account=desk.account), ledger.readings(desk.account), time.time())


def _told(till: PaidTill, attempt: Attempt, words: str, options: argparse.Namespace) -> int:
    """Say what was decided; 0."""
    if options.format in ("json", "ndjson"):
        state = till.ledger.get(attempt.id).state
        data = {"id": attempt.id, "icon": attempt.order.label, "state": state, "about": words}
        say_data({"command": "ledger resolve", **data}, options)
    else:
        print(f"`{inert(attempt.order.label, 60)}` ({attempt.id}) {words}")
    return 0
