"""`iconbuild outputs`: the paths that a build would write."""

from __future__ import annotations

import argparse
import os

from iconbuild.build import preview
from iconbuild.cli.options import add_out_dir, manifest_and_icons, out_dir, positional
from iconbuild.cli.selection import check_names
from iconbuild.cli.speak import say_json
from iconbuild.model.session import Options
from iconbuild.report.inert import inert
from iconbuild.toolbox import workplace


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `outputs`."""
    positional(parser, icons=True)
    add_out_dir(parser)
    parser.add_argument("--absolute", action="store_true", help="absolute paths instead of relative to the manifest")
    parser.add_argument("-0", "--null", action="store_true", help="end each path with a NUL instead of a newline")


def run(options: argparse.Namespace) -> int:
    """Print one path a line, in the order of the manifest."""
    path, icons = manifest_and_icons(options.words)
    out = out_dir(options)
    seen = preview(path, workplace(options.providers, remember=False), Options(profile=options.profile, out_dir=out))
    check_names(seen, icons)
    targets = [target for target in seen.plan.targets if not icons or target.icon in icons]
    root = out or seen.manifest.root

    def shown(relative: str) -> str:
        return os.path.join(root, relative) if options.absolute or out else relative

    if options.format == "json":
        files = [
            {
                "path": shown(target.path),
                "icon": target.icon,
                "kind": target.kind,
                "state": seen.found[target.path].state,
            }
            for target in targets
        ]
        say_json({"command": "outputs", "manifest": path, "files": files})
        return 0
    for target in targets:
        print(
            shown(target.path) if options.null else inert(shown(target.path), 4096), end="\0" if options.null else "\n"
        )
    return 0
