"""What finding an icon costs: a subject, opening the index, building it; CPU milliseconds."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from iconbuild.providers.local.packs.pack import Pack
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.search.searcher import Searcher
from tests.providers.local.names import NamesOnly

LISTS = Path(__file__).parent.parent / "providers" / "local"
REACH = 5.0


def many() -> Pack:
    """A pack of some 3,000 names without tags, as emoji packs are: each of Phosphor's twice."""
    names = [entry.name for entry in PhosphorPack().entries() if not entry.brand]
    return NamesOnly(tuple(name for each in names for name in (each, f"little-{each}")), prefix="many")


def retrieval() -> None:
    """Print a row for Phosphor alone and one for a second pack of 3,000 icons before it."""
    print(f"\n{'finding an icon, CPU ms':26}{'subject':>9}{'reach':>7}{'open':>8}{'build':>8}")
    _row("Phosphor", {"ph": PhosphorPack()})
    _row("with 3,000 more", {"many": many(), "ph": PhosphorPack()})


def _row(title: str, packs: Mapping[str, Pack]) -> None:
    subjects = [subject for path in sorted(LISTS.glob("*.json")) for subject in json.loads(path.read_bytes())]
    with TemporaryDirectory() as cache:
        build = _spent(lambda: Searcher(packs, cache).match("house", 5))
        opened = min(_spent(lambda: Searcher(packs, cache).match("house", 5)) for _ in range(5))
        searcher = Searcher(packs, cache)
        searcher.match("house", 5)
        each = _spent(lambda: [searcher.match(subject, 5) for subject in subjects]) / len(subjects)
    print(f"{title:26}{each:9.2f}{REACH:7g}{opened:8.1f}{build:8.1f}", flush=True)


def _spent(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    retrieval()
