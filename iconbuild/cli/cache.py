"""`iconbuild cache dir, info, prune, verify`: what can be made again for free, where it is and how it is."""

from __future__ import annotations

import argparse

from iconbuild.cli.speak import say_json
from iconbuild.errors import UsageError
from iconbuild.store.cache import Cache
from iconbuild.store.places import cache_dir
from iconbuild.store.upkeep import Census, census, prune, verify


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `cache`."""
    parser.add_argument("what", choices=("dir", "info", "prune", "verify"))
    parser.add_argument("--older-than", metavar="DAYS", help="prune only what was not written for so long")


def run(options: argparse.Namespace) -> int:
    """Do one of the four; `verify` exits 0 also where it removed damage, since that is made again."""
    folder = cache_dir()
    cache = Cache(folder)
    match options.what:
        case "dir":
            _answer({"path": folder}, folder, options)
        case "info":
            _tell(folder, census(cache), options)
        case "verify":
            checked, removed = verify(cache)
            _answer(
                {"checked": checked, "removed": removed},
                f"{checked} entries checked, {removed} damaged ones removed",
                options,
            )
        case "prune":
            removed, freed = prune(cache, _days(options.older_than))
            _answer({"removed": removed, "bytes": freed}, f"{removed} entries removed, {_size(freed)} freed", options)
    return 0


def _tell(folder: str, known: Census, options: argparse.Namespace) -> None:
    data: dict[str, object] = {"folder": folder, "actions": known.actions, "blobs": known.blobs, "bytes": known.size}
    words = f"{folder}\n{known.actions} recipes, {known.blobs} results, {_size(known.size)}"
    _answer(data, words, options)


def _answer(data: dict[str, object], words: str, options: argparse.Namespace) -> None:
    if options.format == "json":
        say_json({"command": f"cache {options.what}", **data})
    else:
        print(words)


def _days(text: str | None) -> float:
    if text is None:
        return 0.0
    try:
        days = float(text)
    except ValueError:
        days = -1.0
    if not 0 <= days < 36_500:
        raise UsageError(f"--older-than {text}: a number of days is needed")
    return days


def _size(number: int) -> str:
    return f"{number / 2**20:.1f} MiB" if number >= 2**20 else f"{number / 2**10:.1f} KiB"
