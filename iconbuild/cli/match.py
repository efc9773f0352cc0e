"""`iconbuild match "subject"`: what the embedded engine would choose, with confidence."""

from __future__ import annotations

import argparse

from iconbuild.cli.speak import say_json
from iconbuild.report.inert import inert
from iconbuild.report.text import table
from iconbuild.store.places import cache_dir
from iconbuild.toolbox import local_engine


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `match`."""
    parser.add_argument("subject", help="what an icon is to show, in a few words")
    parser.add_argument("-n", "--count", type=int, default=5, choices=range(1, 51), metavar="N", help="1 to 50")
    parser.add_argument("--strict", action="store_true", help="exit 10 where the first choice is not certain")


def run(options: argparse.Namespace) -> int:
    """Print the candidates, best first; 1 where nothing fits, 10 with --strict where the best is doubtful."""
    found = local_engine(cache_dir()).match(options.subject, options.count)
    candidates = [{"icon": each.icon, "score": round(each.score, 3)} for each in found.candidates]
    if options.format == "json":
        say_json(
            {
                "command": "match",
                "subject": options.subject,
                "candidates": candidates,
                "confident": found.confident,
            }
        )
    elif candidates:
        rows = [(str(each["icon"]), f"{each['score']:.2f}") for each in candidates]
        doubt = "" if found.confident else "\nnot certain: choose one with `icon:` in the manifest"
        print("\n".join(table(("icon", "score"), rows)) + doubt)
    else:
        print(f"nothing fits `{inert(options.subject)}`; try other words")
    if options.strict and not found.confident:
        return 10
    return 0 if candidates else 1
