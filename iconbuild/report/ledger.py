"""Attempts of the ledger become lines for people, and the JSON that programs read."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from iconbuild.model.purchase import Attempt
from iconbuild.report.inert import inert
from iconbuild.report.numbers import count, plain
from iconbuild.report.text import table

_RUNNING = ("intent", "sending", "received")


class Entry(NamedTuple):
    """An attempt, whether the process behind it is dead, and where its raw answer is kept."""

    attempt: Attempt
    orphan: bool = False
    answer: str | None = None

    @property
    def open(self) -> bool:
        """Whether nobody knows what it cost, and nobody has decided."""
        return self.attempt.state == "unknown" and not self.attempt.waived


def ledger_json(entries: Sequence[Entry]) -> dict[str, object]:
    """The `ledger` object; times are seconds since the epoch, amounts in `unit`."""
    attempts = [entry.attempt for entry in entries]
    return {
        "command": "ledger",
        "attempts": [_json(entry) for entry in entries],
        "totals": {"token": plain(_sum(attempts, "token")), "usd": f"{_sum(attempts, 'usd'):.2f}"},
        "unknown": sum(entry.open for entry in entries),
    }


def _json(entry: Entry) -> dict[str, object]:
    attempt, order = entry.attempt, entry.attempt.order
    return {
        "id": attempt.id,
        "icon": order.label,
        "provider": order.provider,
        "task": order.task,
        "state": attempt.state,
        "unit": order.unit,
        "planned": None if order.planned is None else plain(order.planned),
        "spent": plain(attempt.spent),
        "price": attempt.price,
        "began": attempt.began,
        "ended": attempt.ended,
        "project": order.project,
        "key": order.key,
        "digest": attempt.digest,
        "note": attempt.note,
        "waived": attempt.waived,
        "answer": entry.answer,
    }


def ledger_text(entries: Sequence[Entry]) -> str:
    """What is unknown with the commands that decide, then a line per attempt, newest last, then the sums."""
    if not entries:
        return "nothing was bought\n"
    lines = [line for entry in entries if entry.open for line in _riddle(entry)]
    several = len({entry.attempt.order.project for entry in entries}) > 1
    head = ("id", "when", *(("project",) if several else ()), "icon", "provider", "cost", "state")
    lines += table(head, [_row(entry, several=several) for entry in entries], right=-2)
    return "\n".join([*lines, "", *_sums([entry.attempt for entry in entries])]) + "\n"


def _riddle(entry: Entry) -> list[str]:
    """An unknown outcome, and what to do about it."""
    attempt = entry.attempt
    name, why = inert(attempt.order.label, 60), inert(attempt.note)
    lines = [f"unknown: `{name}`, {amount(attempt)} at {attempt.order.provider} may have been charged: {why}"]
    if entry.answer:
        lines.append(f"  what arrived is in {inert(entry.answer)}")
    return [
        *lines,
        f"  look at the account, then: iconbuild ledger resolve {attempt.id} --charged (or --void)",
        f"  or let the balance decide: iconbuild ledger resolve {attempt.id} --by-balance",
        "",
    ]


def _row(entry: Entry, *, several: bool) -> tuple[str, ...]:
    attempt = entry.attempt
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(attempt.began))
    folder = os.path.basename(os.path.dirname(attempt.order.project))
    project = (inert(folder, 24),) if several else ()
    icon = inert(attempt.order.label, 40)
    return (attempt.id, when, *project, icon, attempt.order.provider, amount(attempt), state_words(entry))


def state_words(entry: Entry) -> str:
    """What became of an attempt, in words."""
    attempt = entry.attempt
    if attempt.state in _RUNNING:
        return "ended early: the next build looks at it first" if entry.orphan else "running"
    if attempt.state == "void":
        return "not charged"
    if attempt.state == "unknown":
        return "unknown, may be bought again" if attempt.waived else "unknown"
    words = "paid (price not told)" if attempt.price == "unknown" else "paid"
    return f"{words}, and the picture is lost" if attempt.waived else words


def amount(attempt: Attempt) -> str:
    """What an attempt is booked at: `23 tokens`, `$0.06`."""
    return _amount(attempt.spent, attempt.order.unit)


def _amount(spent: Decimal, unit: str) -> str:
    return f"${spent:.2f}" if unit == "usd" else count(plain(spent), unit)


def _sums(attempts: Sequence[Attempt]) -> list[str]:
    """One line per provider and unit: what is paid, and what may be."""
    lines = []
    for provider, unit in sorted({(each.order.provider, each.order.unit) for each in attempts}):
        ours = [each for each in attempts if (each.order.provider, each.order.unit) == (provider, unit)]
        parts = [f"{_amount(_sum(ours, unit, ['settled']), unit)} paid"]
        for words, states in (("unknown", ["unknown"]), ("reserved", _RUNNING)):
            if any(each.state in states for each in ours):
                parts.append(f"{_amount(_sum(ours, unit, states), unit)} {words}")
        lines.append(f"{provider}: {', '.join(parts)}")
    return lines


def _sum(attempts: Sequence[Attempt], unit: str, states: Sequence[str] = ()) -> Decimal:
    """What is booked in a unit, in some states or in all of them."""
    ours = [each for each in attempts if each.order.unit == unit and (not states or each.state in states)]
    return sum((each.spent for each in ours), Decimal(0))
