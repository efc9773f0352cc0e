"""Journals, and counts against the budget only what has been delivered."""

from tests.torture.loops.keeping import Books
from tests.torture.loops.paying import Loop


class Unreserved(Loop):
    """Books what it paid afterwards."""

    def before(self, subject: str) -> bool:
        """Look at the books, and let go of them."""
        books = Books()
        with books.lock:
            return books.room(subject)

    def after(self, subject: str) -> None:
        """Now it is spent."""
        books = Books()
        with books.lock:
            books.enter(subject)


Unreserved().run()
