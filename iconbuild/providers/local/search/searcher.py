"""Packs and a subject become what is to be drawn: the objects found, and whether they are to be trusted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import NamedTuple

from iconbuild.providers.local.packs.pack import Pack
from iconbuild.providers.local.search.curated import size_of
from iconbuild.providers.local.search.index import open_index
from iconbuild.providers.local.search.pairs import matched
from iconbuild.providers.local.search.retrieval import Candidate, Match, Retrieval
from iconbuild.providers.local.search.words import words

_FAR_BETTER = 0.25
_SEARCHED = 60  # candidates looked at for a take: enough for a dozen different families


class Pick(NamedTuple):
    """One object to draw: `ph:laptop`, how well it fits, and its natural size in metres."""

    icon: str
    score: float
    size: float = 1.0


class Choice(NamedTuple):
    """One or two objects in the order they were said; `warnings` say what people should know about it."""

    picks: tuple[Pick, ...]
    confident: bool
    warnings: tuple[str, ...] = ()


class Searcher:
    """Searches packs, in their order; indexes are opened once. Safe to share between threads."""

    def __init__(self, packs: Mapping[str, Pack], cache_dir: str | os.PathLike[str] | None) -> None:
        self._packs, self._cache_dir = packs, cache_dir
        self._opened: dict[str, Retrieval] = {}
        self._lock = Lock()

    def match(self, subject: str, count: int, prefixes: Iterable[str] | None = None) -> Match:
        """The best icons of the packs (None: all): those of the first pack that is sure, else the best of any.

        A later pack wins where it fits far better, and one that has all of "X and Y" goes before one that has X alone.
        What one pack does not know and another does, counts as known.
        """
        found = [
            matched(self._retrieval(prefix), subject, count)
            for prefix in (self._packs if prefixes is None else prefixes)
        ]
        unknown = [word for word in found[0].unknown if all(word in match.unknown for match in found)]
        sure = [match for match in found if match.confident]
        complete = [match for match in sure if match.complete]
        best = _first(complete or sure) if sure else max(found, key=_best_score)
        return best._replace(unknown=_as_written(subject, unknown))

    def choose(self, subject: str, prefixes: Iterable[str], take: int = 1) -> Choice:
        """What to draw; no picks where no word of the subject is known. `take` counts kinds of icons, from 1."""
        match = self.match(subject, _SEARCHED, prefixes)
        if not match.candidates:
            return Choice((), confident=False, warnings=(*_unknown(match), *self._nearest(match, prefixes)))
        warnings = []
        families = self._retrieval(match.candidates[0].icon.partition(":")[0]).families(match.candidates)
        if take > len(families):
            fit = f"{len(families)} kind{'s' if len(families) > 1 else ''} of icon"
            warnings.append(f"only {fit} can stand for `{subject}`, take {take} draws the last")
        if not match.confident:
            warnings += [*_unknown(match), _doubt(subject, match)]
        chosen = families[min(take, len(families)) - 1]
        picks = [chosen, match.beside] if match.beside and match.beside.icon != chosen.icon else [chosen]
        return Choice(tuple(_pick(each) for each in picks), match.confident, tuple(warnings))

    def closest(self, icon: str, count: int) -> list[str]:
        """The icons of its pack most like a misspelt one, `ph:credit-card`."""
        prefix, _, name = icon.partition(":")
        return self._retrieval(prefix).closest(name, count)

    def _nearest(self, match: Match, prefixes: Iterable[str]) -> tuple[str, ...]:
        """The names most like the words that were not understood: a guess at a misspelling, never drawn."""
        last = list(prefixes)[-1]
        near = [icon for word in match.unknown for icon in self.closest(f"{last}:{word.lower()}", 2)][:3]
        return (f"names most like it: {', '.join(near)}",) if near else ()

    def _retrieval(self, prefix: str) -> Retrieval:
        """The index of a pack; plain packs that are searched after it lend it their tags.

        A look that needs plain artwork does not search the others, and its keys do not name them.
        """
        with self._lock:
            if prefix not in self._opened:
                pack = self._packs[prefix]
                plain = [each for each in self._packs.values() if not each.palette]
                lenders = plain if pack.palette else plain[plain.index(pack) + 1 :]
                index = open_index(pack, self._cache_dir, lenders)
                self._opened[prefix] = Retrieval(prefix, index)
            return self._opened[prefix]


def _first(sure: list[Match]) -> Match:
    """The first, unless a later one fits far better: `piggy bank` is not the `bank` of an earlier pack."""
    best = max(sure, key=_best_score)
    return best if not best.ruled and _best_score(best) - _best_score(sure[0]) >= _FAR_BETTER else sure[0]


def _best_score(match: Match) -> float:
    """How well the best fits; an icon that stands in for a thing its pack lacks does not fit at all."""
    return 0.0 if match.stand_in else max((found.score for found in match.candidates), default=0.0)


def _as_written(subject: str, folded: list[str]) -> tuple[str, ...]:
    written = {word: text for text in reversed(re.findall(r"[^\W_]+", subject)) for word in words(text)}
    return tuple(written.get(word, word) for word in folded)


def _pick(candidate: Candidate) -> Pick:
    return Pick(candidate.icon, candidate.score, size_of(candidate.icon.partition(":")[2]))


def _unknown(match: Match) -> tuple[str, ...]:
    if not match.unknown:
        return ()
    listed = ", ".join(f"`{word}`" for word in match.unknown)
    return (f"does not know the word{'s' if len(match.unknown) > 1 else ''} {listed}",)


def _doubt(subject: str, match: Match) -> str:
    listed = ", ".join(f"{found.icon} ({found.score:.2f})" for found in match.candidates[:3])
    if match.stand_in:
        first = match.candidates[0].icon
        return f"the artwork has no {match.stand_in} for `{subject}`, {first} stands in; best: {listed}"
    return f"not sure what shows `{subject}`; best: {listed}; choose one with `icon:`"
