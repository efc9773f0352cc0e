"""Tags of one pack become words for icons of another that has names only: who is called alike is looked for alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from iconbuild.providers.local.packs.pack import Entry
from iconbuild.providers.local.search.words import phrase, words

_TONES = frozenset({"dark", "light", "medium"})
_RARE = 3  # a tag of more icons than this says what kind a thing is, not which


class Thesaurus(NamedTuple):
    """`related[name]`: the words and phrases that stand together with a name, or with a telling tag, in a pack."""

    related: dict[str, list[str]]

    def lent(self, terms: list[str]) -> list[str]:
        """What the thesaurus knows for a name: for the whole of it, else for its last words: `red heart` is a heart."""
        core = [term for term in terms if term not in _TONES] or terms
        for start in range(len(core)):
            found = self.related.get(phrase(core[start:]))
            if found:
                return found
        return []


def compiled(lenders: Iterable[Entry]) -> Thesaurus:
    """The thesaurus of some icons; company marks lend nothing."""
    entries = [entry for entry in lenders if not entry.brand]
    tagged: dict[str, list[Entry]] = {}
    for entry in entries:
        for tag in entry.tags:
            tagged.setdefault(phrase(words(tag)), []).append(entry)
    related: dict[str, dict[str, None]] = {}
    for entry in entries:
        related.setdefault(phrase(words(entry.name)), {}).update(dict.fromkeys(_words(entry)))
    for tag, holders in tagged.items():
        if len(holders) <= _RARE and tag not in related:
            related[tag] = dict.fromkeys(word for entry in holders for word in _words(entry))
    return Thesaurus({name: list(found) for name, found in related.items()})


def _words(entry: Entry) -> list[str]:
    """The name as a phrase, each tag as a phrase, and the single words of the name."""
    name = words(entry.name)
    return [phrase(name), *name, *(phrase(words(tag)) for tag in entry.tags)]
