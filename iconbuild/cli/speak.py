"""Answers go to stdout, warnings to stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable

from iconbuild.errors import Problem
from iconbuild.report.inert import inert


def say_json(data: object) -> None:
    """One JSON object on stdout, in ASCII: no character of it can drive a terminal."""
    json.dump(data, sys.stdout, indent=2)
    sys.stdout.write("\n")


def warn(problems: Iterable[Problem], options: argparse.Namespace) -> None:
    """Findings that do not stop anything, on stderr."""
    if options.quiet:
        return
    for problem in problems:
        from iconbuild.report.paint import painted, wanted

        text = "\n".join(inert(line, 400) for line in problem.render().splitlines())
        print(painted(text) if wanted(options.color, sys.stderr) else text, file=sys.stderr)


def note(text: str, options: argparse.Namespace) -> None:
    """A line on stderr, unless -q."""
    if not options.quiet:
        complain(text)


def complain(text: str) -> None:
    """A line on stderr that -q does not silence, because something could not be made."""
    print(inert(text, 400), file=sys.stderr)
