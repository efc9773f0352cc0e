"""Text becomes the folded words that subjects, names and tags are compared by."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

_WORD = re.compile(r"[^\W_]+")
JOINERS = ("with", "and", "or", "for", "in", "on", "inside", "behind", "over", "under", "beside", "near")
"""Small words that part a subject; like fillers they need not be understood."""

_JOINERS = re.compile(rf"\b(?:{'|'.join(JOINERS)})\b|[,;&+/|:()]")
ARTICLES = frozenset({"a", "an", "the", "my", "your", "our"})
FILLERS = ARTICLES | frozenset({
    "of", "to", "by", "from", "is", "are", "it", "its", "as", "at",
    "icon", "symbol", "sign", "pictogram", "logo",
})  # fmt: skip
_MEANT = frozenset({"icon", "symbol", "sign", "logo"})
"""Fillers that are things as well, where nothing else is said."""
NEGATIONS = frozenset({"no", "not", "non", "without", "never"})
_ODD = {
    "women": "woman", "men": "man", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "knives": "knife", "leaves": "leaf", "shelves": "shelf", "wolves": "wolf", "loaves": "loaf", "halves": "half",
    "scarves": "scarf", "geese": "goose", "glasses": "eyeglass", "news": "news", "lives": "life", "wives": "wife",
}  # fmt: skip
"""Plurals without a rule."""

_KEPT_S = ("ss", "us", "is", "os", "as")


def words(text: str) -> list[str]:
    """The folded words of a text in order, fillers included; letters of every script count."""
    plain = "".join(c for c in normalize("NFKD", text.lower()) if not combining(c)).replace("'s", "").replace("'", "")
    return [fold(word) for word in _WORD.findall(normalize("NFC", plain))]


def weighed(subject: str) -> list[tuple[str, float]]:
    """The telling words of a subject, each once, with how much it counts.

    The first object named is what an icon has to show: words behind "with", "and" or a comma count less, and within
    a part each word counts a little less than the one before. Of two words the second counts
    more: a "delivery truck" is a truck.
    """
    found: dict[str, float] = {}
    for part, text in enumerate(_JOINERS.split(subject.lower())):
        said = words(text)
        telling = [word for word in said if word not in FILLERS] or [word for word in said if word in _MEANT]
        for position, word in enumerate(telling):
            decay = (0.92, 1.0)[position] if len(telling) == 2 else 0.88**position
            found.setdefault(word, 0.6 ** min(part, 2) * decay)
    return list(found.items())


def phrase(said: list[str]) -> str:
    """The key of words that are said together, in any order: of `bar chart` and `chart-bar` the same."""
    return " ".join(sorted(said))


def forms(word: str) -> list[str]:
    """Other forms of a verb: `printing` and `printed` for `print`, `run` for `running`; most are no words at all."""
    stem = next((word[: -len(end)] for end in ("ing", "ed") if word.endswith(end) and len(word) - len(end) > 2), "")
    bare = word[:-1] if word.endswith("e") else word
    found = [f"{bare}ing", f"{bare}ed"] if len(word) > 2 and not stem else []
    if stem:
        found += [stem, f"{stem}e", f"{stem}ing", f"{stem}ed", *([stem[:-1]] if stem[-1] == stem[-2] else [])]
    return [form for form in found if form != word]


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """A lower-case word without its plural: `batteries` and `battery`, `boxes` and `box`, `cars` and `car`."""
    if word in _ODD:
        return _ODD[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEPT_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]
