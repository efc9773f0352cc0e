"""Words of a subject and an index become scores: how much of the subject an icon covers, and how fully it is named."""

from __future__ import annotations

from collections.abc import Mapping
from math import log, sqrt
from typing import NamedTuple

from iconbuild.providers.local.search import curated
from iconbuild.providers.local.search.index import BORROWED, CATEGORY, FIELDS, NAME, TAG, TAG_PART, Index
from iconbuild.providers.local.search.typos import corrected
from iconbuild.providers.local.search.words import ARTICLES, JOINERS, forms, phrase, weighed, words

_STRENGTH = {NAME: 1.0, TAG: 0.7, TAG_PART: 0.45, BORROWED: 0.4, CATEGORY: 0.1}
_PHRASE_TAG = 0.8
_FORM, _OTHER_FORM, _SAME, _NEAR, _TYPO = 0.9, 0.6, 0.92, 0.72, 0.5
_COVERED, _NAMED, _PHRASED = 0.55, 0.3, 0.15  # the parts of a score; together 1
_PARTIAL = 0.4  # how much of a name's credit is lost where the rest of the subject is not met
_WITHIN = 0.65  # a word of a phrase that is known as a whole counts less by itself
_LATER = 0.03  # each further synonym counts a little less than the one before
_LIGHT = 0.3
_DONE_TO = 0.7  # what an action is done to counts less than the action: `print document`
_ALIAS = 0.8  # a tag that only one icon has is nearly a name
_FEW = 4
_LONGEST = 4  # words of a phrase
_MOST = 40  # words of a subject that are looked at; what follows would count next to nothing

VARIANTS = frozenset({
    "simple", "circle", "square", "straight", "line", "outline", "fine", "full", "four", "three", "duo", "thin", "fill",
    "dark", "light", "medium",
    "red", "blue", "green", "yellow", "purple", "pink", "brown", "black", "white", "grey",
})  # fmt: skip
"""Words of a name that tell how a thing is drawn."""
_SLIGHT = 0.35  # how much an unsaid variant word of a name counts against it, compared with any other word


class Query(NamedTuple):
    """A subject's folded words in order, and its telling words with what each counts."""

    said: list[str]
    telling: dict[str, float]


class Key(NamedTuple):
    """A word or phrase to look up: the telling words it stands for, how surely, and whether it corrects a typo."""

    text: str
    stands_for: tuple[str, ...]
    factor: float
    guessed: bool


class Hit(NamedTuple):
    """How an icon meets a subject: strength per telling word, and per word of its name how surely and by what word."""

    covered: dict[str, float]
    met: dict[str, tuple[float, str]]
    alias: float
    whole: float


class Scores(NamedTuple):
    """The score of every icon that shares a word with the subject, the hits behind them, and what was understood."""

    of: dict[int, float]
    hits: dict[int, Hit]
    understood: frozenset[str]


def query(subject: str) -> Query:
    """The words of a subject; those that seldom say what it shows count little, unless there are no others."""
    said = words(subject)[:_MOST]
    telling = {word: weight for word, weight in weighed(subject) if word in said and word not in JOINERS}
    if any(word not in curated.plain() for word in telling):
        telling = {word: weight * (_LIGHT if word in curated.plain() else 1) for word, weight in telling.items()}
    if len(said) > 2 and said[1] in ARTICLES and said[0] in telling and said[0] not in curated.actions():
        telling[said[0]] *= _LIGHT  # "book a flight" shows no book
    if next(iter(telling), None) in curated.actions():
        telling = {word: weight * (1 if at == 0 else _DONE_TO) for at, (word, weight) in enumerate(telling.items())}
    return Query(said, telling)


def scored(index: Index, asked: Query) -> Scores:
    """Score a subject. A hit by a phrase, a synonym or another form of a word counts for the words it stands for."""
    hits: dict[int, Hit] = {}
    understood: set[str] = set()
    marks = frozenset(index.brands)
    marked = "logo" in asked.said or len(asked.telling) == 1  # only then a company may be meant
    for key in _keys(asked, index.postings):
        postings = index.postings[key.text]
        if not key.guessed and (marked or not _only_marks(postings, marks)):
            understood.update(key.stands_for)
        holders = sum(posting % FIELDS in (NAME, TAG) for posting in postings)
        for posting in postings:
            entry, field = divmod(posting, FIELDS)
            _meet(hits.setdefault(entry, Hit({}, {}, 0.0, 0.0)), index.terms[entry], key, field)
            if field == TAG:
                alias = key.factor / sqrt(holders) * max(asked.telling[word] for word in key.stands_for)
                hits[entry] = hits[entry]._replace(alias=max(hits[entry].alias, alias))
            elif field == NAME and is_whole(key.text, index.terms[entry]):
                whole = key.factor * max(asked.telling[word] for word in key.stands_for)
                hits[entry] = hits[entry]._replace(whole=max(hits[entry].whole, whole))
    telling = {word: weight * _rarity(index, word) for word, weight in asked.telling.items()}
    total = sum(telling.values())
    return Scores(
        {
            entry: _score(hit, index.terms[entry], asked, telling, total)
            for entry, hit in hits.items()
            if not _by_variant(hit) and (understood or hit.whole)
        },
        hits,
        frozenset(understood),
    )


def _only_marks(postings: list[int], marks: frozenset[int]) -> bool:
    """Whether a word is met in company marks alone, so that it is no word for a thing."""
    return all(posting // FIELDS in marks for posting in postings)


def _meet(hit: Hit, terms: list[str], key: Key, field: int) -> None:
    many = " " in key.text
    strength = key.factor * (_PHRASE_TAG if many and field == TAG else _STRENGTH[field])
    for word in key.stands_for:
        hit.covered[word] = max(hit.covered.get(word, 0.0), strength)
    if field != NAME:
        return
    for term in terms if is_whole(key.text, terms) else (key.text,):
        if strength > hit.met.get(term, (0.0, ""))[0]:
            hit.met[term] = (strength, key.stands_for[0])


def is_whole(text: str, terms: list[str]) -> bool:
    """Whether a word or phrase that was found in a name is all of it."""
    return text not in terms or len(terms) == 1


def _by_variant(hit: Hit) -> bool:
    """Whether nothing but how the thing is drawn was met: `simple` says nothing about a `bag-simple`."""
    words_met = {word for _, word in hit.met.values()}
    return bool(words_met) and hit.met.keys() <= VARIANTS and words_met == hit.covered.keys() and not hit.whole


def _score(hit: Hit, terms: list[str], asked: Query, telling: Mapping[str, float], total: float) -> float:
    covered = sum(telling[word] * strength for word, strength in hit.covered.items()) / total
    size = sum(1.0 if term in hit.met or term not in VARIANTS else _SLIGHT for term in terms)
    named = sum(strength * asked.telling[word] for strength, word in hit.met.values()) / size
    named = min(1.0, named)
    by_name = _NAMED * (named + (1 - named) * _ALIAS * hit.alias) + _PHRASED * min(1.0, hit.whole)
    return _COVERED * covered + by_name * (1 - _PARTIAL * (1 - covered))


def _keys(asked: Query, postings: Mapping[str, list[int]]) -> list[Key]:
    """Everything to look up for a subject that is there: runs of up to four words, and what stands for each."""
    said, found, within = asked.said, list[Key](), set[str]()
    for size in range(min(_LONGEST, len(said)), 0, -1):
        for start in range(len(said) - size + 1):
            run = said[start : start + size]
            stands_for = tuple(word for word in run if word in asked.telling)
            keys = [
                Key(text, stands_for, factor * (_WITHIN if size == 1 and run[0] in within else 1.0), factor == _TYPO)
                for text, factor in (_readings(run, postings) if stands_for else ())
                if text in postings
            ]
            if len(stands_for) > 1 and (keys or curated.knows(phrase(run))):
                within.update(run)
            found += keys
    return found


def _readings(run: list[str], postings: Mapping[str, list[int]]) -> list[tuple[str, float]]:
    """What may stand for some words, and how surely: themselves, synonyms, other forms, corrections."""
    text = phrase(run)
    if text in curated.foreign():
        return []
    found = [(text, 1.0)]
    if len(run) == 2:
        found.append(("".join(run), 1.0))
    for factor, others in ((_SAME, curated.same()), (_NEAR, curated.near())):
        found += [(other, factor - _LATER * at) for at, other in enumerate(others.get(text, ()))]
    if len(run) == 1:
        form = _OTHER_FORM if len(found) > 1 or text in postings else _FORM
        found += [(other, form) for other in forms(text)]
        if not any(other in postings for other, _ in found):
            found += [(other, _TYPO) for other in corrected(text, postings)]
    return found


def _rarity(index: Index, word: str) -> float:
    """0.4 for a word that every icon has, 0.9 for a word of few icons, or of none."""
    known = max(_FEW, len(index.postings.get(word, ())))
    return 1 - 0.6 * log(known) / log(max(_FEW, len(index.names)))
