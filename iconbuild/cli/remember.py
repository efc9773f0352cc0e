"""A build that left nothing to do or to say becomes the snapshot that answers the next one."""

from __future__ import annotations

import argparse
import contextlib
import os
import time
from collections.abc import Iterator

from iconbuild.cli.quick import where_and_who
from iconbuild.loader.find import NAMES
from iconbuild.model.manifest import Manifest
from iconbuild.model.session import Built
from iconbuild.report.result import nothing_words
from iconbuild.store.snapshot import Sight, take

_ONE_SHOTS = ("stamp", "depfile", "plan", "chdir", "verbose")


def remember(built: Built, options: argparse.Namespace) -> None:
    """Take a snapshot where the same command would now do nothing and say one line; a failure to is no error."""
    seen = built.preview
    if options.format != "human" or any(getattr(options, name) for name in _ONE_SHOTS):
        return
    if built.emitted.orphans or seen.manifest.warnings or (seen.worklist.todo and _warned(built)):
        return
    out = os.path.abspath(options.out_dir) if options.out_dir else seen.manifest.root
    chosen = {target.path for target in seen.plan.targets}
    if not chosen <= set(built.stamps):
        return
    with contextlib.suppress(OSError):
        path, who = where_and_who(options.arguments)
        sight = Sight(
            os.path.join(seen.manifest.root, os.path.basename(seen.manifest.path)),
            seen.manifest.text,
            _inputs(seen.manifest),
            _rivals(seen.manifest),
            {os.path.join(out, name): built.stamps[name] for name in chosen},
        )
        take(path, who, sight, nothing_words(built) + "\n", time.time_ns())


def _warned(built: Built) -> bool:
    return any(artifact.facts.get("warnings") for artifact in built.outcome.results.values())


def _inputs(manifest: Manifest) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """What the build read beside the manifest: the lock, artwork, and the packs of the embedded engine."""
    own = os.path.join(manifest.root, os.path.basename(manifest.path))
    lock = f"{os.path.splitext(own)[0]}.lock"
    artwork = [os.path.join(manifest.root, path) for path in manifest.artwork]
    for name in dict.fromkeys([lock, *manifest.sources, *artwork, *_packs()]):
        if name != own:
            result = os.stat(name)
            yield name, (result.st_size, result.st_mtime_ns, result.st_ctime_ns)


def _packs() -> list[str]:
    from importlib.util import find_spec

    spec = find_spec("py_phosphor_icons")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return [os.path.join(folder, "phosphor_version.txt") for folder in folders]


def _rivals(manifest: Manifest) -> list[str]:
    """Manifests that would be found before this one, or be an error beside it."""
    own = os.path.basename(manifest.path)
    rivals = [os.path.join(manifest.root, name) for name in NAMES if name != own]
    folder = os.getcwd()
    while folder != manifest.root and folder.startswith(manifest.root):
        rivals += [os.path.join(folder, name) for name in NAMES]
        folder = os.path.dirname(folder)
    return rivals
