"""`iconbuild clean`: remove the files that iconbuild wrote, and nothing else."""

from __future__ import annotations

import argparse

from iconbuild.build import clean
from iconbuild.cli.options import add_out_dir, manifest_and_icons, out_dir, positional
from iconbuild.cli.speak import say_json
from iconbuild.model.session import Options
from iconbuild.report.inert import inert
from iconbuild.report.numbers import count
from iconbuild.toolbox import workplace


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `clean`."""
    positional(parser, icons=False)
    parser.add_argument("--orphans", action="store_true", help="only files that the manifest no longer asks for")
    add_out_dir(parser)


def run(options: argparse.Namespace) -> int:
    """Remove; files edited by hand are kept and named, with exit code 1."""
    path, _ = manifest_and_icons([options.words] if options.words else [])
    chosen = Options(profile=options.profile, out_dir=out_dir(options))
    removed, kept = clean(path, workplace(options.providers), chosen, orphans_only=options.orphans)
    if options.format == "json":
        say_json({"command": "clean", "removed": removed, "kept": kept})
    else:
        print(f"{count(len(removed), 'file')} removed")
        for name in kept:
            print(f"kept, because edited by hand: {inert(name)}")
    return 1 if kept else 0
