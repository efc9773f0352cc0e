"""An unknown word becomes the remedy that names the nearest known one."""

from __future__ import annotations

from collections.abc import Collection

from iconbuild.loader.redact import sentence, shown

_LONGEST = 60
_MOST = 300
_FEW = 12


def closest(word: str, known: Collection[str]) -> str | None:
    """The known word that is most like `word`, or None."""
    from difflib import get_close_matches

    if len(word) > _LONGEST:
        return None
    if len(known) > _MOST:
        # Comparing takes time: among very many, only those that begin alike and are about as long.
        start = word[:1].lower()
        known = [name for name in known if name[:1].lower() == start and abs(len(name) - len(word)) < 3]
    folded = {_folded(name): name for name in sorted(known, reverse=True)[-_MOST:]}
    near = get_close_matches(_folded(word), folded, n=1)
    return folded[near[0]] if near else None


def did_you_mean(word: str, known: Collection[str], *, otherwise: str = "") -> str:
    """`did you mean ...?`, else the words there are if they are few, else `otherwise`."""
    near = closest(word, known)
    if near is not None:
        return f"did you mean {shown(near)}?"
    return sentence(f"known: {', '.join(sorted(known))}") if 0 < len(known) <= _FEW else otherwise


def _folded(word: str) -> str:
    return word.lower().replace("_", "-")
