"""A subject becomes the icons that fit it, best first: fielded words, names weighed by how fully they are said."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from functools import cache
from math import log
from typing import NamedTuple

from iconbuild.providers.local.index import CATEGORY, FIELDS, NAME, TAG, TAG_PART, Index
from iconbuild.providers.local.words import weighed, words

_FIELD_WEIGHT = {NAME: 1.0, TAG: 0.7, TAG_PART: 0.45, CATEGORY: 0.15}
_SYNONYM = 0.8
_COVERED, _NAMED, _PHRASED = 0.55, 0.3, 0.15  # the parts of a score; together 1
_VARIANTS = frozenset(
    {
        "simple",
        "circle",
        "square",
        "straight",
        "line",
        "outline",
        "fine",
        "full",
        "four",
        "three",
        "duo",
        "thin",
        "fill",
    }
)
_SLIGHT = 0.35  # how much an unsaid variant word of a name counts against it, compared with any other word
_SURE, _MARGIN = 0.5, 0.015


class Candidate(NamedTuple):
    """An icon, `ph:chart-bar`, and how well it fits, 0..1."""

    icon: str
    score: float


class Match(NamedTuple):
    """The candidates for a subject, best first; `stand_in` names what the pack lacks where a curated rule helps out."""

    candidates: tuple[Candidate, ...]
    confident: bool
    stand_in: str | None = None


class Retrieval:
    """Finds icons of one pack; immutable, so that threads can share it."""

    def __init__(self, prefix: str, index: Index) -> None:
        self._prefix, self._index = prefix, index
        self._brands = frozenset(index.brands)

    def match(self, subject: str, count: int) -> Match:
        """At most `count` candidates; none where no word of the subject is known."""
        query = weighed(subject)
        scores = self._scores(query, words(subject))
        rule = _rule(words(subject))
        if rule is not None:
            name = rule["icon"]
            scores[self._index.names.index(name)] = 1.0
        ranked = self._ranked(scores, subject)
        found = tuple(
            Candidate(f"{self._prefix}:{self._index.names[entry]}", round(scores[entry], 3)) for entry in ranked[:count]
        )
        stand_in = rule.get("lacks") if rule is not None else None
        return Match(found, stand_in is None and self._sure(ranked, scores), stand_in)

    def _ranked(self, scores: Mapping[int, float], subject: str) -> list[int]:
        """Best first; of equals the one that is said letter by letter (`coins`, not `coin`), then the shorter name."""
        spoken, names = set(subject.lower().split()), self._index.names
        return sorted(scores, key=lambda entry: (-scores[entry], names[entry] not in spoken, len(names[entry]), entry))

    def families(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """The best candidate of each family: `chat`, `chats` and `chat-circle` are one."""
        best: dict[frozenset[str], Candidate] = {}
        for candidate in candidates:
            entry = self._index.names.index(candidate.icon.partition(":")[2])
            best.setdefault(self._family(entry), candidate)
        return list(best.values())

    def closest(self, name: str, count: int) -> list[str]:
        """The names most like a misspelt one."""
        from difflib import get_close_matches

        return [f"{self._prefix}:{found}" for found in get_close_matches(name, self._index.names, count, 0.5)]

    def _sure(self, ranked: list[int], scores: Mapping[int, float]) -> bool:
        """Whether the best is good, and better than everything that shows another thing."""
        if not ranked or scores[ranked[0]] < _SURE:
            return False
        own = self._family(ranked[0])
        other = next((entry for entry in ranked if self._family(entry) != own), None)
        return other is None or scores[ranked[0]] - scores[other] >= _MARGIN

    def _family(self, entry: int) -> frozenset[str]:
        terms = self._index.terms[entry]
        return frozenset(terms) - _VARIANTS or frozenset(terms)

    def _scores(self, query: list[tuple[str, float]], said: list[str]) -> dict[int, float]:
        """The score of every icon that shares a word with the query."""
        covered: dict[int, float] = {}
        named: dict[int, dict[str, float]] = {}
        total = 0.0
        for word, weight in query:
            postings = self._strengths(word)
            telling = weight * self._rarity(word)
            total += telling
            for entry, (strength, term) in postings.items():
                covered[entry] = covered.get(entry, 0.0) + telling * strength
                if term is not None:
                    terms = named.setdefault(entry, {})
                    terms[term] = max(terms.get(term, 0.0), weight * strength)
        return {
            entry: _COVERED * covered[entry] / total + self._by_name(entry, named.get(entry, {}), said)
            for entry in covered
            if entry not in self._brands or self._is_named(entry, said)
        }

    def _strengths(self, word: str) -> dict[int, tuple[float, str | None]]:
        """How strongly each icon holds a word or its synonym, and which word of its name it met."""
        found: dict[int, tuple[float, str | None]] = {}
        for term, factor in ((word, 1.0), *((other, _SYNONYM) for other in _synonyms().get(word, ()))):
            for posting in self._index.postings.get(term, ()):
                entry, field = divmod(posting, FIELDS)
                strength = factor * _FIELD_WEIGHT[field]
                if strength > found.get(entry, (0.0, None))[0]:
                    found[entry] = (strength, term if field == NAME else None)
        return found

    def _rarity(self, word: str) -> float:
        """0.4 for a word that every icon has, 1 for a word of one icon, 0.5 for an unknown one."""
        known = len(self._index.postings.get(word, ()))
        return 1 - 0.6 * log(known) / log(len(self._index.names)) if known else 0.5

    def _by_name(self, entry: int, met: Mapping[str, float], said: list[str]) -> float:
        terms = self._index.terms[entry]
        if not met:
            return 0.0
        size = sum(1.0 if term in met or term not in _VARIANTS else _SLIGHT for term in terms)
        named = sum(met.values()) / size
        phrased = max(met.values()) if _contains(said, terms) else 0.0
        return _NAMED * min(1.0, named) + _PHRASED * phrased

    def _is_named(self, entry: int, said: list[str]) -> bool:
        return set(self._index.terms[entry]) <= set(said)


def _contains(said: list[str], terms: list[str]) -> bool:
    """Whether the terms are said one after the other, in any order: `bar chart` says `chart-bar`."""
    wanted = sorted(terms)
    return any(sorted(said[i : i + len(terms)]) == wanted for i in range(len(said) - len(terms) + 1))


def _rule(said: list[str]) -> Mapping[str, str] | None:
    """The curated rule whose words are all said; the one with most words wins, then the first."""
    spoken = set(said)
    fitting = [rule for rule in _overrides() if set(words(rule["words"])) <= spoken]
    return max(fitting, key=lambda rule: len(words(rule["words"])), default=None)


@cache
def _overrides() -> tuple[Mapping[str, str], ...]:
    return tuple(json.loads(_data("overrides.json")))


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    data: dict[str, list[str]] = json.loads(_data("synonyms.json"))
    return {words(word)[0]: tuple(words(other)[0] for other in others) for word, others in data.items()}


def _data(name: str) -> bytes:
    with open(os.path.join(os.path.dirname(__file__), name), "rb") as file:
        return file.read()
