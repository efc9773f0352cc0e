"""Journals, and asks for the balance at once after a crash: if it has not changed, nothing was charged."""

from tests.torture.loops.asking import balance
from tests.torture.loops.keeping import Journal
from tests.torture.loops.paying import Loop


class Hasty(Loop):
    """Believes a balance that is a moment old."""

    def ordering(self) -> str:
        """The balance before the order."""
        return f"sending {balance()}"

    def interrupted(self, journal: Journal) -> bool:
        """Whether the balance is what it was."""
        return journal.state == f"sending {balance()}"


Hasty().run()
