"""`iconbuild match "subject"`: what the embedded engine would choose, with confidence."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from iconbuild.cli.artwork import engine_here
from iconbuild.cli.speak import note, say_json
from iconbuild.errors import UsageError
from iconbuild.report.inert import inert
from iconbuild.report.text import table
from iconbuild.store.places import cache_dir

if TYPE_CHECKING:
    from iconbuild.providers.local.search.retrieval import Match


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `match`."""
    parser.add_argument("subject", help="what an icon is to show, in a few words")
    parser.add_argument("-n", "--count", type=int, default=5, choices=range(1, 51), metavar="N", help="1 to 50")
    parser.add_argument("--look", metavar="NAME", help="a style or preset: only artwork that it can be drawn from")
    parser.add_argument("--strict", action="store_true", help="exit 10 where the first choice is not certain")


def run(options: argparse.Namespace) -> int:
    """Print the candidates, best first; 1 where nothing fits, 10 with --strict where the best is doubtful."""
    engine, error = engine_here(cache_dir())
    if error is not None:
        note(f"searching without the manifest's packs: {error.message}", options)
    try:
        found = engine.match(options.subject, options.count, options.look)
    except ValueError as refusal:
        raise UsageError(str(refusal), remedy="`iconbuild presets` lists the looks") from None
    candidates = [{"icon": each.icon, "score": round(each.score, 3)} for each in found.candidates]
    if options.format == "json":
        say_json(
            {
                "command": "match",
                "subject": options.subject,
                "candidates": candidates,
                "with": found.beside.icon if found.beside else None,
                "confident": found.confident,
                "unknown": list(found.unknown),
            }
        )
    elif candidates:
        rows = [(str(each["icon"]), f"{each['score']:.2f}") for each in candidates]
        beside = [f"with {found.beside.icon}"] if found.beside else []
        doubt = [] if found.confident else [*_unknown(found), "not certain: choose one with `icon:` in the manifest"]
        print("\n".join([*table(("icon", "score"), rows), *beside, *doubt]))
    else:
        print("\n".join([f"nothing fits `{inert(options.subject)}`; try other words", *_unknown(found)]))
    if options.strict and not found.confident:
        return 10
    return 0 if candidates else 1


def _unknown(found: Match) -> list[str]:
    """The words that were not understood, as a line."""
    listed = ", ".join(f"`{inert(word)}`" for word in found.unknown)
    return [f"not understood: {listed}"] if listed else []
