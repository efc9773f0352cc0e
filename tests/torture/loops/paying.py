"""The order of one paid call, in which each journalling loop has one thing of its own."""

from __future__ import annotations

import os
import sys

from tests.torture.loops.asking import BROKEN, RefusedError, ask, picture
from tests.torture.loops.keeping import Books, Journal, publish

NOT_CHARGED = (400, 401, 403, 413, 422, 429)


class Loop:
    """The right order; subclasses spoil it."""

    def before(self, subject: str) -> bool:
        """Whether the budget allows it: what it will cost is booked before it is ordered."""
        books = Books()
        with books.lock:
            if not books.room(subject):
                return False
            books.enter(subject)
        return True

    def after(self, subject: str) -> None:
        """What is booked once it is bought: nothing, that has been done."""

    def interrupted(self, journal: Journal) -> bool:
        """Whether an order of which only the beginning is known may be given again: when somebody has decided so."""
        return "--retry-unknown" in sys.argv

    def free(self, status: int) -> bool:
        """Whether an error proves that nothing was charged."""
        return status in NOT_CHARGED

    def ordering(self) -> str:
        """What is written down just before an order."""
        return "sending"

    def buy(self, subject: str, path: str) -> int:
        """Bring one icon to its place; an exit code."""
        journal = Journal(subject)
        with journal.lock():
            if os.path.exists(path):
                return 0
            state = journal.state
            if state in ("received", "settled") or (state and _whole(journal)):
                return self._deliver(subject, path, journal)
            if state not in ("", "void") and not self.interrupted(journal):
                return 9
            if not self.before(subject):
                return 4
            return self._order(subject, path, journal)

    def _order(self, subject: str, path: str, journal: Journal) -> int:
        journal.reserve()
        journal.mark(self.ordering())
        try:
            journal.keep(ask(subject))
        except RefusedError as error:
            if self.free(error.status):
                journal.mark("void")
                return 1
            return 9
        except BROKEN as error:
            print(f"nobody knows what became of {subject!r}: {type(error).__name__}", file=sys.stderr)
            return 9
        return self._deliver(subject, path, journal) if _whole(journal) else 9

    def _deliver(self, subject: str, path: str, journal: Journal) -> int:
        if journal.state not in ("received", "settled"):
            journal.mark("received")
        self.after(subject)
        publish(path, picture(journal.kept()))
        journal.mark("settled")
        return 0

    def run(self) -> None:
        """Buy what the command line names."""
        codes = []
        for word in sys.argv[1:]:
            subject, is_order, path = word.partition("=")
            if not is_order:
                continue
            try:
                codes.append(self.buy(subject, path))
            except OSError as error:
                print(error.strerror, file=sys.stderr)
                codes.append(7)
        sys.exit(max(codes))


def _whole(journal: Journal) -> bool:
    try:
        picture(journal.kept())
    except ValueError:
        return False
    return True
