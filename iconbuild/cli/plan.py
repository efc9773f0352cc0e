"""`iconbuild plan`: what a build would do and cost."""

from __future__ import annotations

import argparse
import json
import sys

from iconbuild.build import preview
from iconbuild.cli.options import add_out_dir, add_strict, manifest_and_icons, out_dir, positional
from iconbuild.cli.selection import check_names, chosen, output_paths
from iconbuild.cli.speak import note, say_json, warn
from iconbuild.disk import write_atomic
from iconbuild.model.purchase import Balance
from iconbuild.model.session import Options, Preview
from iconbuild.report.figures import plan_json
from iconbuild.report.markdown import plan_markdown
from iconbuild.report.text import plan_text
from iconbuild.toolbox import PAID, money, workplace


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `plan`."""
    positional(parser, icons=True)
    parser.add_argument("-o", "--output", metavar="FILE", help="save the plan, for `build --plan FILE`")
    add_out_dir(parser)
    add_strict(parser)
    parser.add_argument("--refresh", action="store_true", help="ask what the account holds (the only socket)")
    parser.add_argument("--detailed-exitcode", action="store_true", help="exit 3 where there is something to do")


def run(options: argparse.Namespace) -> int:
    """Print the plan; 0, or 3 with --detailed-exitcode where there is something to do."""
    seen = seen_through(options)
    if options.output:
        from iconbuild.report.sidefiles import refuse_side_file

        refuse_side_file(options.output, seen.manifest, output_paths(seen, out_dir(options)), "-o", seen.inputs)
    show(seen, options)
    if options.output:
        from iconbuild.report.saved import saved_plan

        write_atomic(options.output, saved_plan(seen))
    return 3 if options.detailed_exitcode and (seen.worklist.todo or seen.worklist.write) else 0


def seen_through(options: argparse.Namespace) -> Preview:
    """The preview that the options ask for."""
    path, icons = manifest_and_icons(options.words)
    seen = preview(
        path,
        workplace(options.providers, remember=False),
        Options(profile=options.profile, out_dir=out_dir(options), only=chosen(icons), strict=options.strict),
    )
    check_names(seen, icons)
    warn(seen.manifest.warnings, options)
    return seen


def show(seen: Preview, options: argparse.Namespace) -> None:
    """The plan on stdout, in the format asked for."""
    balance = _balance(seen.plan.provider, options) if options.refresh else None
    provider = workplace(options.providers, remember=False).tools.providers[seen.plan.provider]
    match options.format:
        case "json":
            say_json(plan_json(seen, provider, balance=balance))
        case "ndjson":
            print(json.dumps({"event": "planned", **plan_json(seen, provider, balance=balance)}))
        case "markdown" | "github":
            sys.stdout.write(plan_markdown(seen, provider, balance))
        case _:
            sys.stdout.write(plan_text(seen, provider, everything=options.verbose, balance=balance))


def _balance(provider: str, options: argparse.Namespace) -> Balance | None:
    """What the account holds; None, and a line on stderr, for a provider that takes no money."""
    if provider not in PAID:
        note(f"`{provider}` costs nothing, so there is no balance to ask for", options)
        return None
    return money().asking(provider).balance()
