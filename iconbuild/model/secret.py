"""A key that never prints: it is revealed in one place, where a request is sent."""

from __future__ import annotations

from hashlib import sha256
from typing import NoReturn


class Secret:
    """A key or token. It has no text, cannot be pickled, and is compared by what it holds."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself: for the header of a request, and for nothing else."""
        return self._text

    @property
    def fingerprint(self) -> str:
        """16 hex digits that name the account in ledgers and messages, and from which nobody gets the key back."""
        return sha256(b"iconbuild account\0" + self._text.encode()).hexdigest()[:16]

    def __repr__(self) -> str:
        return "Secret(***)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")
