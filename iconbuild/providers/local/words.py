"""Text becomes the folded words that subjects, names and tags are compared by."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

_WORD = re.compile(r"[a-z0-9]+")
_JOINERS = re.compile(r"\b(?:with|and|or|for|in|on|inside|behind|over|under|beside|near)\b|[,;&/|:()]")
_FILLERS = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "to",
        "by",
        "from",
        "is",
        "are",
        "it",
        "its",
        "as",
        "at",
        "icon",
        "symbol",
        "sign",
        "pictogram",
        "logo",
    }
)
_KEPT_S = ("ss", "us", "is", "os", "as")


def words(text: str) -> list[str]:
    """The folded words of a text in order, fillers included."""
    plain = "".join(c for c in normalize("NFKD", text.lower()) if not combining(c)).replace("'s", "").replace("'", "")
    return [fold(word) for word in _WORD.findall(plain)]


def weighed(subject: str) -> list[tuple[str, float]]:
    """The telling words of a subject, each once, with how much it counts.

    The first object named is what an icon has to show: words behind "with", "and" or a comma count less, and within
    a part each word counts a little less than the one before.
    """
    found: dict[str, float] = {}
    for part, text in enumerate(_JOINERS.split(subject.lower())):
        telling = [word for word in words(text) if word not in _FILLERS] or words(text)
        for position, word in enumerate(telling):
            found.setdefault(word, 0.6 ** min(part, 2) * 0.88**position)
    return list(found.items())


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """A lower-case word without its plural: `batteries` and `battery`, `boxes` and `box`, `cars` and `car`."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEPT_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]
