"""A subject becomes the icons of one pack that fit it, best first, and whether the first is to be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from iconbuild.providers.local.search import curated
from iconbuild.providers.local.search.index import FIELDS, TAG, Index
from iconbuild.providers.local.search.scoring import VARIANTS, Query, Scores, query, scored
from iconbuild.providers.local.search.words import NEGATIONS

_SURE, _MARGIN = 0.45, 0.015
_HALF_MARGIN = 0.05  # for an icon of whose name no more than a part is said: `paper` may be a plane or a lantern
_LEAST = 0.2  # what scores less has met a subject by chance
_UNDERSTOOD = 0.6  # the least share of a subject's words, by weight, that has to be known
_CROSSES = frozenset({"slash", "x", "off", "prohibit", "empty"})
"""Words in the names of icons that say no."""
_ALIKE = 0.6  # icons that share this much of their tags show much the same


class Candidate(NamedTuple):
    """An icon, `ph:chart-bar`, and how well it fits, 0..1."""

    icon: str
    score: float


class Match(NamedTuple):
    """The candidates for a subject, best first.

    `stand_in` names what the pack lacks where a curated rule helps out, `unknown` the words that were not understood,
    `beside` the second object that the subject names, which is drawn with the first;
    `complete`: all that "and" joins is there, as two icons or in one; `ruled`: a curated rule decided.
    """

    candidates: tuple[Candidate, ...]
    confident: bool
    stand_in: str | None = None
    unknown: tuple[str, ...] = ()
    beside: Candidate | None = None
    complete: bool = False
    ruled: bool = False


class Retrieval:
    """Finds icons of one pack; immutable, so that threads can share it."""

    def __init__(self, prefix: str, index: Index) -> None:
        self._prefix, self.index = prefix, index
        self._brands = frozenset(index.brands)

    def match(self, subject: str, count: int) -> Match:
        """At most `count` candidates; none where no word of the subject is known."""
        asked = query(subject)
        scores = self.scores(asked)
        rules = self._rules(asked)
        rule = rules[0] if rules else None
        if rule is not None:
            scores.of[self.number(rule.icon)] = 1.0
        ranked = self._ranked({entry: score for entry, score in scores.of.items() if score >= _LEAST}, subject)
        found = tuple(self.candidate(entry, scores.of[entry]) for entry in ranked[:count])
        lacks = rule.lacks if rule else None
        known = scores.understood.union(curated.plain(), *(rule.words for rule in rules))
        unknown = tuple(word for word in asked.telling if word not in known)
        denied = not NEGATIONS.isdisjoint(asked.said) and not self._crossed_out(ranked[:1])
        sure = lacks is None and not denied and (rule is not None or self._sure(ranked, scores, asked))
        return Match(found, sure, lacks, unknown, ruled=rule is not None)

    def scores(self, asked: Query) -> Scores:
        """The scores of a subject without company marks that it does not name."""
        scores = scored(self.index, asked)
        for entry in self._brands & scores.of.keys():
            if not self._is_named(entry, asked):
                del scores.of[entry]
            elif "logo" in asked.said:
                scores.of[entry] = 1.0 + len(self.index.terms[entry])
        return scores

    def candidate(self, entry: int, score: float) -> Candidate:
        """The icon of a number in the index."""
        return Candidate(f"{self._prefix}:{self.index.names[entry]}", round(min(1.0, score), 3))

    def families(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """The best candidate of each family: `chat`, `chats` and `chat-circle` are one."""
        best: dict[frozenset[str], Candidate] = {}
        for candidate in candidates:
            best.setdefault(self.family(self.number(candidate.icon)), candidate)
        return list(best.values())

    def closest(self, name: str, count: int) -> list[str]:
        """The names most like a misspelt one."""
        from difflib import get_close_matches

        return [f"{self._prefix}:{found}" for found in get_close_matches(name, self.index.names, count, 0.5)]

    def family(self, entry: int) -> frozenset[str]:
        """What an icon shows, without how it is drawn."""
        terms = self.index.terms[entry]
        return frozenset(terms) - VARIANTS or frozenset(terms)

    def number(self, icon: str) -> int:
        """The number in the index of an icon, `ph:chat-circle`."""
        return self._numbers[icon.partition(":")[2]]

    def is_brand(self, entry: int) -> bool:
        """Whether an icon is a company's mark."""
        return entry in self._brands

    def _ranked(self, scores: dict[int, float], subject: str) -> list[int]:
        """Best first; of equals the one said letter by letter (`coins`, not `coin`), fewest tags, shortest name."""
        spoken, names, breadth = set(subject.lower().split()), self.index.names, self.index.breadth

        def order(entry: int) -> tuple[float, bool, int, int, int]:
            name = names[entry]
            return -round(scores[entry], 6), name not in spoken, breadth[entry], len(name), entry

        return sorted(scores, key=order)

    def _rules(self, asked: Query) -> list[curated.Rule]:
        """The curated rules for this pack whose words are all said, that of most words first."""
        said = set(asked.said)
        fitting = [rule for rule in curated.rules() if rule.words <= said]
        pack = [rule for rule in fitting if rule.icon.partition(":")[0] == self._prefix]
        return [rule for rule in pack if rule.icon.partition(":")[2] in self._numbers]

    def _sure(self, ranked: list[int], scores: Scores, asked: Query) -> bool:
        """Whether the subject is understood, the best is good, and better than everything that shows another thing."""
        if ranked and (ranked[0] in self._brands or "logo" in asked.said):
            return ranked[0] in self._brands and "logo" in asked.said
        if not ranked or scores.of[ranked[0]] < _SURE or _understood(asked, scores) < _UNDERSTOOD:
            return False
        best = ranked[0]
        other = next((entry for entry in ranked if not self._alike(best, entry)), None)
        if self._names_a_mark(asked) and not (best in scores.hits and scores.hits[best].whole):
            return False
        half = best in scores.hits and not scores.hits[best].whole and not scores.hits[best].alias
        return other is None or scores.of[best] - scores.of[other] >= (_HALF_MARGIN if half else _MARGIN)

    def _crossed_out(self, best: list[int]) -> bool:
        """Whether an icon shows that something is not: "no sound" is no loudspeaker."""
        return any(not _CROSSES.isdisjoint(self.index.terms[entry]) for entry in best)

    def _alike(self, one: int, other: int) -> bool:
        if self.family(one) == self.family(other):
            return True
        mine, yours = self._tags.get(one, frozenset()), self._tags.get(other, frozenset())
        return bool(mine) and len(mine & yours) >= _ALIKE * len(mine | yours)

    def _is_named(self, entry: int, asked: Query) -> bool:
        """Whether a mark is asked for: by name and "logo", or by its bare name where that names nothing else."""
        name = self._mark_name(entry)
        if not name <= set(asked.said):
            return False
        if "logo" in asked.said:
            return True
        return asked.telling.keys() == name and not any(
            posting // FIELDS not in self._brands for term in name for posting in self.index.postings.get(term, ())
        )

    def _mark_name(self, entry: int) -> set[str]:
        return set(self.index.terms[entry]) - {"logo", "brand"}

    def _names_a_mark(self, asked: Query) -> bool:
        """Whether a subject is no more than the name of a company, whose mark it may or may not ask for."""
        return any(asked.telling.keys() == self._mark_name(entry) for entry in self._brands)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.index.names)}

    @cached_property
    def _tags(self) -> dict[int, frozenset[str]]:
        found: dict[int, set[str]] = {}
        for word, postings in self.index.postings.items():
            for posting in postings:
                if posting % FIELDS == TAG:
                    found.setdefault(posting // FIELDS, set()).add(word)
        return {entry: frozenset(tags) for entry, tags in found.items()}


def _understood(asked: Query, scores: Scores) -> float:
    total = sum(asked.telling.values())
    return sum(weight for word, weight in asked.telling.items() if word in scores.understood) / total if total else 0.0
