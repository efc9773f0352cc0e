"""A subject of two objects, "X and Y", becomes both; a second one only where an icon's whole name is said."""

from __future__ import annotations

import re

from iconbuild.providers.local.search import curated
from iconbuild.providers.local.search.index import FIELDS, NAME
from iconbuild.providers.local.search.retrieval import Candidate, Match, Retrieval
from iconbuild.providers.local.search.scoring import VARIANTS, is_whole, query
from iconbuild.providers.local.search.words import FILLERS, JOINERS, phrase, words

_BETWEEN = re.compile(r"\b(?:with|and)\b|[&+]")
_LONGEST = 4  # words of a name
_COVERS = 0.9  # the least score of one icon that shows all that is joined
_SAYS = 0.85  # a word itself, another form of it, or another name of the same thing
_SMALL = frozenset((*FILLERS, *JOINERS))


def matched(retrieval: Retrieval, subject: str, count: int) -> Match:
    """The candidates for the first object, and the second one in `beside` where there is one in this pack."""
    whole = retrieval.match(subject, count)
    parts = split(subject)
    if len(parts) < 2 or not whole.candidates:
        return whole
    first = retrieval.match(parts[0], count)
    if whole.ruled and first.candidates[:1] != whole.candidates[:1]:
        return whole
    one = None if whole.ruled else _covering(retrieval, subject, parts)
    if one is not None:
        rest = [each for each in whole.candidates if each.icon != one.icon]
        one = one._replace(score=max(one.score, _COVERS))
        return whole._replace(candidates=(one, *rest)[:count], confident=True, complete=True)
    if not first.confident:
        return whole
    beside, part = _named(retrieval, parts[1:], first.candidates[0])
    if beside is None:
        found = whole if whole.confident else first
        return found._replace(confident=whole.ruled or not _is_lost(whole, parts[1:]), unknown=whole.unknown)
    if not first.ruled and not _is_said(retrieval, parts[0], first.candidates[0]):
        return retrieval.match(part, count)
    return first._replace(beside=beside, complete=True)


def _is_lost(whole: Match, parts: list[str]) -> bool:
    """Whether a part names something that is not known at all, so that its object is missing in the picture."""
    return any(set(words(part)) - _SMALL <= set(whole.unknown) for part in parts)


def split(subject: str) -> list[str]:
    """The parts of a subject between "and", "with", "&" and "+"; an idiom is one: search and replace."""
    text = subject.lower()
    for idiom in curated.idioms():
        text = re.sub(rf"\b{re.escape(idiom)}\b", _BETWEEN.sub(" ", idiom), text)
    return [part.strip() for part in _BETWEEN.split(text) if words(part)]


def _covering(retrieval: Retrieval, subject: str, parts: list[str]) -> Candidate | None:
    """The best icon all of whose name is said, by words of more than one part: `fork-knife` for fork and knife."""
    scores = retrieval.scores(query(subject))
    of = {word: number for number, part in reversed(list(enumerate(parts))) for word in words(part)}
    fitting = []
    for entry, hit in scores.hits.items():
        core = [term for term in retrieval.index.terms[entry] if term not in VARIANTS and term not in _SMALL]
        met = [hit.met[term] for term in core if term in hit.met]
        said = entry in scores.of and len(met) == len(core) > 1 and min(strength for strength, _ in met) >= _SAYS
        if said and len({of.get(word) for _, word in met}) > 1:
            fitting.append(entry)
    best = min(fitting, key=lambda entry: (-scores.of[entry], entry), default=None)
    return None if best is None else retrieval.candidate(best, scores.of[best])


def _is_said(retrieval: Retrieval, part: str, found: Candidate) -> bool:
    """Whether a thing is called by its name, or some of it: what `checkout` suggests is not an object of its own."""
    hit = retrieval.scores(query(part)).hits[retrieval.number(found.icon)]
    return any(strength >= _SAYS for strength, _ in hit.met.values())


def _named(retrieval: Retrieval, parts: list[str], first: Candidate) -> tuple[Candidate | None, str]:
    """The first icon of another kind that is wholly named, of several at one place the one of most words; its part."""
    taken = retrieval.family(retrieval.number(first.icon))
    for part in parts:
        said = words(part)
        for start in range(len(said)):
            for size in range(min(_LONGEST, len(said) - start), 0, -1):
                entry = _whole(retrieval, phrase(said[start : start + size]))
                if entry is None:
                    continue
                if not retrieval.family(entry) & taken:
                    return retrieval.candidate(entry, 1.0), part
                break
    return None, ""


def _whole(retrieval: Retrieval, said: str) -> int | None:
    """The icon whose whole name, or another name of the same thing, is said."""
    if said in curated.abstract() or said in _SMALL or said in curated.plain():
        return None
    for name in (said, *curated.same().get(said, ())):
        for posting in retrieval.index.postings.get(name, ()):
            entry, field = divmod(posting, FIELDS)
            if field == NAME and is_whole(name, retrieval.index.terms[entry]) and not retrieval.is_brand(entry):
                return entry
    return None
