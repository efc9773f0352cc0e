"""Answers go to stdout, warnings to stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable

from iconbuild.errors import Problem
from iconbuild.report.inert import inert


def say_json(data: object) -> None:
    """One JSON object on stdout."""
    json.dump(data, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def warn(problems: Iterable[Problem], options: argparse.Namespace) -> None:
    """Findings that do not stop anything, on stderr."""
    if not options.quiet:
        for problem in problems:
            print("\n".join(inert(line, 400) for line in problem.render().splitlines()), file=sys.stderr)


def note(text: str, options: argparse.Namespace) -> None:
    """A line on stderr, unless -q."""
    if not options.quiet:
        print(inert(text, 400), file=sys.stderr)
