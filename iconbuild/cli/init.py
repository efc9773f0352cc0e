"""`iconbuild init`: a commented manifest to start from."""

from __future__ import annotations

import argparse
import os

from iconbuild.cli.speak import note, say_json
from iconbuild.disk import write_atomic
from iconbuild.errors import UsageError
from iconbuild.loader.find import NAMES

_MANIFEST = """\
# An icon set for iconbuild. See the cost with `iconbuild plan`, make it with `iconbuild build`.
# Editors check this file against the output of `iconbuild schema`.
version: 1
name: "{name}"
provider: local            # local: offline and free; iconly: paid, see `iconbuild plan` first

defaults:                  # what every icon starts from
  preset: duotone          # one of: preset, template, style; see `iconbuild presets`
  color: "#4338ca"         # quote colours: # starts a comment
  steps:
    - crop: 10             # post-processing, in this order; free

anchor: home               # the others follow this icon's weight and palette

icons:
  home: house
  search: magnifying glass
  cart: shopping cart
  settings:
    subject: gear cog settings
    # icon: ph:gear-six    # pin the artwork; `iconbuild match "gear"` shows the choices
  # logo: {{from: brand/logo.svg}}   # your own artwork joins the set

# themes:
#   light: [recolor: {{color: "#4338ca", mode: tint}}]
#   dark:  [recolor: {{color: "#a5b4fc", mode: tint}}]

outputs:
  - files: {{dir: icons, formats: [png, webp], sizes: [24, 48]}}
  - html: icons/index.html
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `init`."""
    parser.add_argument("path", nargs="?", default="icons.yaml", metavar="FILE", help="default: icons.yaml")


def run(options: argparse.Namespace) -> int:
    """Write the manifest; never over an existing one."""
    folder = os.path.dirname(os.path.abspath(options.path))
    there = [name for name in (os.path.basename(options.path), *NAMES) if os.path.lexists(os.path.join(folder, name))]
    if there:
        raise UsageError(f"{os.path.join(os.path.dirname(options.path), there[0])} exists already")
    letters = "".join(char if char.isascii() and char.isalnum() else "-" for char in os.path.basename(folder))
    write_atomic(options.path, _MANIFEST.format(name=letters.strip("-").lower() or "icons").encode())
    if options.format == "json":
        say_json({"command": "init", "path": options.path})
    else:
        print(options.path)
    note("next: `iconbuild plan` shows what it would do, `iconbuild build` does it", options)
    note("keep the lock in git: `*.lock merge=union` in .gitattributes lets branches merge it", options)
    note("and what is bought, .iconbuild/originals: many of them are well kept in Git LFS, by the line", options)
    note("`.iconbuild/originals/**/*.webp filter=lfs diff=lfs merge=lfs -text` in .gitattributes", options)
    return 0
