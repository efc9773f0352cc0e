"""A word that nobody knows becomes the known words that are one slip of the finger away."""

from __future__ import annotations

from collections.abc import Container

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 5  # of shorter words too many are close to one another


def corrected(word: str, known: Container[str]) -> list[str]:
    """Known words that differ by one letter too many, too few, wrong, or two swapped, but not the first; sorted."""
    if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
        return []
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    near = {left + right[1:] for left, right in cuts if right}
    near.update(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    near.update(left + letter + right[skipped:] for left, right in cuts for letter in _LETTERS for skipped in (0, 1))
    return sorted(other for other in near if other in known and other != word)
