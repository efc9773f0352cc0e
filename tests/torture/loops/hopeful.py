"""Journals before it orders, and takes an order without an answer for one that was never sent."""

from tests.torture.loops.keeping import Journal
from tests.torture.loops.paying import Loop


class Hopeful(Loop):
    """Sends again after a crash."""

    def interrupted(self, journal: Journal) -> bool:
        """Surely it had not been sent."""
        return True


Hopeful().run()
