"""Answers go to stdout, warnings to stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Literal

from iconbuild.errors import Problem
from iconbuild.report import SCHEMA_VERSION
from iconbuild.report.inert import inert


def say_json(data: Mapping[str, object]) -> None:
    """One JSON object on stdout, its schema version first, in ASCII: no character of it can drive a terminal."""
    _say(data, indent=2)


def say_data(data: Mapping[str, object], options: argparse.Namespace) -> None:
    """The same object, on one line where `--format ndjson` asks for lines."""
    _say(data, indent=None if options.format == "ndjson" else 2)


def warn(problems: Iterable[Problem], options: argparse.Namespace) -> None:
    """Findings that do not stop anything, on stderr."""
    if options.quiet:
        return
    for problem in problems:
        if options.format == "github":
            from iconbuild.report.failure import annotation

            print(annotation(problem), file=sys.stderr)
            continue
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


def remark(level: Literal["error", "warning"], text: str, options: argparse.Namespace, remedy: str = "") -> None:
    """A failure or a warning without a place in the manifest, in the form that was asked for; -q silences warnings."""
    if level == "warning" and options.quiet:
        return
    if options.format == "github":
        from iconbuild.report.failure import remark as annotated

        print(annotated(level, text, remedy), file=sys.stderr)
    else:
        complain(f"warning: {text}" if level == "warning" else text)
        if remedy:
            complain(f"  {remedy}")


def _say(data: Mapping[str, object], *, indent: int | None) -> None:
    json.dump({"schema_version": SCHEMA_VERSION, **data}, sys.stdout, indent=indent)
    sys.stdout.write("\n")
