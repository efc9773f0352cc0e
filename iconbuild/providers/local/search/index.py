"""A pack's names and tags become an inverted index, kept as one JSON file that is rebuilt whenever it is in doubt."""

from __future__ import annotations

import os
import re
from binascii import crc32
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from iconbuild.providers.local.kept import keep, kept
from iconbuild.providers.local.packs.pack import Entry, Pack
from iconbuild.providers.local.search.thesaurus import Thesaurus, compiled
from iconbuild.providers.local.search.words import FILLERS, phrase, words

FORMAT = 6
"""Raised by hand whenever the index's content or the folding of words changes."""

NAME, TAG, TAG_PART, BORROWED, CATEGORY = range(5)
FIELDS = 5
"""A posting is `entry * FIELDS + field`."""


class Index(NamedTuple):
    """`names[i]`, its folded words `terms[i]` and how many tags it has, `breadth[i]`; `brands` are marks.

    `postings[word]` lists where a word occurs; so does `postings[phrase]` for whole names and tags of several words.
    Those of two are there as one word as well: `gemstone` is a `gem-stone`.
    """

    names: list[str]
    terms: list[list[str]]
    breadth: list[int]
    brands: list[int]
    postings: dict[str, list[int]]


def open_index(pack: Pack, cache_dir: str | os.PathLike[str] | None, lenders: Sequence[Pack] = ()) -> Index:
    """The pack's index, from `cache_dir` where it is there and sound; a folder that cannot be written is no error.

    `lenders` are packs whose tags are lent to icons of the same name here.
    """
    if cache_dir is None:
        return _built(pack, lenders)
    made_of = [str(FORMAT), *(f"{each.prefix} {each.version} {each.revision}" for each in (pack, *lenders))]
    key = crc32("\n".join(made_of).encode())
    version = re.sub(r"[^\w.]", "-", pack.version)
    path = os.path.join(cache_dir, f"index-{pack.prefix}-{version}-{key:08x}.json")
    found = _read(path)
    if found is None:
        found = _built(pack, lenders)
        keep(path, found._asdict())
    return found


def _built(pack: Pack, lenders: Sequence[Pack]) -> Index:
    return build(pack.entries(), compiled(entry for lender in lenders for entry in lender.entries()))


def build(entries: Iterable[Entry], thesaurus: Thesaurus | None = None) -> Index:
    """The index of some icons; a word counts once per icon, in the best field it occurs in."""
    index = Index([], [], [], [], {})
    for number, entry in enumerate(entries):
        terms = words(entry.name)
        index.names.append(entry.name)
        index.terms.append(terms)
        index.breadth.append(len(entry.tags))
        if entry.brand:
            index.brands.append(number)
        for word, field in _fields(entry, terms, thesaurus).items():
            index.postings.setdefault(word, []).append(number * FIELDS + field)
    return index


def _fields(entry: Entry, terms: list[str], thesaurus: Thesaurus | None) -> Mapping[str, int]:
    found: dict[str, int] = dict.fromkeys(terms, NAME)
    tags = [words(tag) for tag in entry.tags]
    found[phrase(terms)] = NAME
    if len(terms) == 2:
        found["".join(terms)] = NAME
    for tag in tags:
        if tag:
            found.setdefault(phrase(tag), TAG)
        if len(tag) == 2:
            found.setdefault("".join(tag), TAG)
    parts = [word for tag in tags for word in tag if word not in FILLERS]
    lent = thesaurus.lent(terms) if thesaurus else []
    categories = [word for category in entry.categories for word in words(category)]
    for field, loose in ((TAG_PART, parts), (BORROWED, lent), (CATEGORY, categories)):
        for word in loose:
            found.setdefault(word, field)
    return found


def _read(path: str) -> Index | None:
    data = kept(path)
    try:
        return Index(**data) if data is not None else None
    except TypeError:  # of another shape
        return None
