"""The hand-written data files beside this module become tables: synonyms, rules, plain words, idioms, sizes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from iconbuild.providers.local.search.words import phrase, words

_USUAL = 0.4  # metres


class Rule(NamedTuple):
    """Where all `words` are said, `icon` is shown; `lacks` names what the pack has no picture of."""

    words: frozenset[str]
    icon: str
    lacks: str | None


@cache
def same() -> Mapping[str, tuple[str, ...]]:
    """Phrases and the other names of the same thing: `hanger` is a `coat hanger`."""
    return _phrases("same")


@cache
def near() -> Mapping[str, tuple[str, ...]]:
    """Phrases and what shows them: `delete` is shown by `trash`."""
    return _phrases("near")


def knows(said: str) -> bool:
    """Whether a phrase has a meaning of its own: a `heart rate` is no heart."""
    return said in same() or said in near()


@cache
def rules() -> tuple[Rule, ...]:
    """The curated rules, those of most words first."""
    found = [Rule(frozenset(words(each["words"])), each["icon"], each.get("lacks")) for each in _data("overrides.json")]
    return tuple(sorted(found, key=lambda rule: -len(rule.words)))


@cache
def plain() -> frozenset[str]:
    """Words that say how a picture looks or what it is for, and seldom what it shows."""
    return frozenset(words(" ".join(_data("plain.json")["light"])))


@cache
def actions() -> frozenset[str]:
    """Words that say at the head of a subject what is done with the things named after them."""
    return frozenset(words(" ".join(_data("plain.json")["actions"])))


@cache
def foreign() -> frozenset[str]:
    """Small words of other languages: met by themselves they would find by chance what has them in its name."""
    return frozenset(_data("plain.json")["foreign"])


@cache
def abstract() -> frozenset[str]:
    """Names of icons that are no things which could stand beside another."""
    return frozenset(phrase(words(name)) for name in _data("plain.json")["abstract"])


@cache
def idioms() -> tuple[str, ...]:
    """Expressions with "and" that name one thing: `drag and drop`."""
    return tuple(_data("plain.json")["idioms"])


@cache
def _sizes() -> Mapping[str, float]:
    return {phrase(words(name)): float(size) for name, size in _data("sizes.json").items()}


def size_of(name: str) -> float:
    """The natural size of what an icon shows, in metres; that of a box for what is not known.

    Of a longer name the longest known part counts, of equals the last: a `shopping-bag-open` is a shopping bag.
    """
    terms, sizes = words(name), _sizes()
    for size in range(len(terms), 0, -1):
        for start in range(len(terms) - size, -1, -1):
            found = sizes.get(phrase(terms[start : start + size]))
            if found is not None:
                return found
    return _USUAL


def _phrases(section: str) -> Mapping[str, tuple[str, ...]]:
    data = _data("synonyms.json")[section]
    return {phrase(words(said)): tuple(phrase(words(other)) for other in others) for said, others in data.items()}


@cache
def _data(name: str) -> Any:
    with open(os.path.join(os.path.dirname(__file__), name), "rb") as file:
        return json.load(file)
