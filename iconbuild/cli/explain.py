"""`iconbuild explain ICON or PATH or CODE`: why it will be made again, where values come from, what a code means."""

from __future__ import annotations

import argparse
import os
import re

from iconbuild.build import preview
from iconbuild.cli.options import add_out_dir, manifest_and_icons, out_dir
from iconbuild.cli.speak import say_json
from iconbuild.errors import UsageError
from iconbuild.model.session import Options, Preview
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Target
from iconbuild.planner.why import Change, compare
from iconbuild.report.explanation import file_json, icon_json, lines
from iconbuild.toolbox import workplace

_CODE = re.compile(r"M\d{3}", re.IGNORECASE)


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `explain`."""
    parser.add_argument("what", metavar="ICON, PATH or CODE", nargs="+", help="after the manifest, if one is given")
    add_out_dir(parser)


def run(options: argparse.Namespace) -> int:
    """Print the explanation of one icon, output path or code."""
    subject = options.what[-1]
    if len(options.what) == 1 and _CODE.fullmatch(subject):
        return _code(subject.upper(), options)
    path, _ = manifest_and_icons(options.what[:-1])
    place = workplace(options.providers, remember=False)
    seen = preview(path, place, Options(profile=options.profile, out_dir=out_dir(options)))
    icon = seen.manifest.icon(subject)
    if icon is None:
        return _say(file_json(seen, _target(seen, subject, out_dir(options))), options)
    entry = seen.lock.get((False, icon.name))
    changes: list[Change] = []
    planned = next(each for each in seen.plan.icons if each.name == icon.name)
    if entry and entry.key != planned.source:
        changes = compare(seen.plan, planned.source, place.recall(ActionKey(entry.key)))
    return _say(icon_json(seen, icon, changes), options)


def _say(data: dict[str, object], options: argparse.Namespace) -> int:
    if options.format == "json":
        say_json({"command": "explain", **data})
    else:
        print("\n".join(lines(data)))
    return 0


def _target(seen: Preview, words: str, out: str | None) -> Target:
    """The output at a path, relative to the folder of the outputs or to the working folder."""
    relative = os.path.relpath(os.path.abspath(words), out or seen.manifest.root).replace(os.sep, "/")
    for target in seen.plan.targets:
        if target.path in (words, relative):
            return target
    from difflib import get_close_matches

    known = [icon.name for icon in seen.plan.icons] + [target.path for target in seen.plan.targets]
    close = get_close_matches(words, known, 1)
    raise UsageError(
        f"{seen.manifest.path} has no icon and writes no file `{words}`",
        remedy=f"did you mean `{close[0]}`?" if close else "`iconbuild outputs` lists the files",
    )


def _code(code: str, options: argparse.Namespace) -> int:
    from iconbuild.loader.codes import CODES, explain_code

    found = explain_code(code)
    if found is None:
        raise UsageError(f"there is no code {code}", remedy=f"known are {', '.join(sorted(CODES))}")
    if options.format == "json":
        say_json({"command": "explain", "code": code, "title": found.title, "text": found.text})
    else:
        print(f"{code}: {found.title}\n\n{found.text}")
    return 0
