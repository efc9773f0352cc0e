"""`iconbuild clean`: remove the files that iconbuild wrote, and nothing else."""

from __future__ import annotations

import argparse
import os

from iconbuild.build import clean
from iconbuild.cli.options import manifest_and_icons, positional
from iconbuild.cli.speak import say_json
from iconbuild.model.session import Options
from iconbuild.report.inert import inert
from iconbuild.report.numbers import count
from iconbuild.toolbox import workplace


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `clean`."""
    positional(parser, icons=False)
    parser.add_argument("--orphans", action="store_true", help="only files that the manifest no longer asks for")
    parser.add_argument("--out-dir", metavar="DIR", default=os.environ.get("ICONBUILD_OUT_DIR"))


def run(options: argparse.Namespace) -> int:
    """Remove; files edited by hand are kept and named, with exit code 1."""
    path, _ = manifest_and_icons([options.words] if options.words else [])
    out = os.path.abspath(options.out_dir) if options.out_dir else None
    removed, kept = clean(
        path, workplace(options.providers), Options(profile=options.profile, out_dir=out), orphans_only=options.orphans
    )
    if options.format == "json":
        say_json({"schema_version": 1, "command": "clean", "removed": removed, "kept": kept})
    else:
        print(f"{count(len(removed), 'file')} removed")
        for name in kept:
            print(f"kept, because edited by hand: {inert(name)}")
    return 1 if kept else 0
