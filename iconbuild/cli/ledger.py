"""`iconbuild ledger`: what was spent, on what, and what is unknown; `ledger resolve` writes down what people know."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from iconbuild.cli.options import manifest_and_icons
from iconbuild.cli.speak import say_data
from iconbuild.errors import UnknownOutcomeError, UsageError
from iconbuild.report.ledger import Entry, ledger_json, ledger_text
from iconbuild.toolbox import money

if TYPE_CHECKING:
    from iconbuild.toolbox.till import PaidTill


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `ledger` and `ledger resolve`."""
    add = parser.add_argument
    words = "a manifest, whose purchases are shown; or `resolve` and the first digits of an id, to decide about it"
    add("words", nargs="*", metavar="MANIFEST | resolve ID", help=words)
    add("--all", action="store_true", help="all projects, and what was not charged")
    add("--unknown", action="store_true", help="only what may have been charged")
    add("--project", action="store_true", help="only those of the manifest here (the default if there is one)")
    add("--detailed-exitcode", action="store_true", help="exit 9 where something is unknown")
    decisions = parser.add_argument_group("decisions of `ledger resolve`").add_mutually_exclusive_group()
    decide = decisions.add_argument
    decide("--charged", action="store_true", help="it was charged: it stays booked, and may be bought again")
    decide("--void", action="store_true", help="it was not charged: the next build buys it")
    decide("--by-balance", action="store_true", help="ask the balance until it proves that nothing was charged")


def run(options: argparse.Namespace) -> int:
    """Print the ledger, or decide about one attempt; 9 where something stays unknown and that was asked."""
    decided = options.charged or options.void or options.by_balance
    if options.words[:1] == ["resolve"] and len(options.words) == 2:
        from iconbuild.cli.resolve import resolve

        return resolve(options.words[1], options)
    if decided or options.words[:1] == ["resolve"]:
        raise UsageError("which attempt is it?", remedy="name one: iconbuild ledger resolve ID --charged (or --void)")
    entries = _entries(money(), options)
    if options.format in ("json", "ndjson"):
        say_data(ledger_json(entries), options)
    else:
        sys.stdout.write(ledger_text(entries))
    return UnknownOutcomeError.exit_code if options.detailed_exitcode and any(each.open for each in entries) else 0


def _entries(till: PaidTill, options: argparse.Namespace) -> list[Entry]:
    """What the options ask for, oldest first; nothing is written."""
    ledger, spool = till.ledger, till.spool
    attempts = ledger.attempts(project=_project(options))
    orphans = {attempt.id for attempt in ledger.orphans()}
    wanted = [each for each in attempts if options.all or each.state != "void"]
    entries = []
    for attempt in wanted:
        answer = spool.path(attempt.id)
        entries.append(Entry(attempt, attempt.id in orphans, answer if os.path.exists(answer) else None))
    return [entry for entry in entries if entry.open or not options.unknown]


def _project(options: argparse.Namespace) -> str | None:
    """The real path of the manifest whose purchases are wanted; None: all of them."""
    if options.all and (options.project or options.words):
        raise UsageError("--all shows every project, and one was named")
    if options.all:
        return None
    try:
        path, rest = manifest_and_icons(options.words)
    except UsageError:
        if options.project or options.words:
            raise
        return None
    if rest:
        raise UsageError(f"there is no `{rest[0]}` in the ledger's command", remedy="see `iconbuild ledger --help`")
    return os.path.realpath(path)
