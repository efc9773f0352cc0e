"""A build that left nothing to do or to say becomes the snapshot that answers the next one."""

from __future__ import annotations

import argparse
import contextlib
import os

from iconbuild.cli.quick import where_and_who
from iconbuild.emitter.tree import stamp_of
from iconbuild.loader.find import NAMES
from iconbuild.model.artifact import REMARKS, WARNINGS
from iconbuild.model.manifest import Manifest
from iconbuild.model.session import Built
from iconbuild.report.result import nothing_words
from iconbuild.store.snapshot import Sight, take

_ONE_SHOTS = ("stamp", "depfile", "plan", "chdir", "verbose", "providers")
_RACE_NS = 20_000_000


def remember(built: Built, options: argparse.Namespace, out: str | None) -> None:
    """Take a snapshot where the same command would now do nothing and say one line; a failure to is no error."""
    seen = built.preview
    if options.format != "human" or any(getattr(options, name) for name in _ONE_SHOTS):
        return
    if built.emitted.orphans or seen.manifest.warnings or _warned(built) or _racing(built):
        return
    if len(seen.worklist.verdicts) != len(seen.plan.icons):
        return  # single icons were asked for; the others may be anything
    chosen = {target.path for target in seen.plan.targets}
    if not chosen <= built.stamps.keys():
        return
    with contextlib.suppress(OSError):
        path, who = where_and_who(options.arguments)
        lock = seen.manifest.lock
        sight = Sight(
            seen.manifest.file,
            seen.manifest.text,
            {**seen.inputs, lock: stamp_of(os.stat(lock))},
            _rivals(seen.manifest),
            {os.path.join(out or seen.manifest.root, name): built.stamps[name] for name in chosen},
        )
        take(path, who, sight, nothing_words(built) + "\n")


def _warned(built: Built) -> bool:
    return any(
        artifact.facts.get(WARNINGS) or artifact.facts.get(REMARKS) for artifact in built.outcome.results.values()
    )


def _racing(built: Built) -> bool:
    """Whether an input was touched within the clock's grain of reading it: it could have changed again unseen."""
    return any(mtime > built.preview.began_ns - _RACE_NS for _, mtime, _ in built.preview.inputs.values())


def _rivals(manifest: Manifest) -> list[str]:
    """Manifests that would be found before this one, or be an error beside it."""
    own = os.path.basename(manifest.path)
    rivals = [os.path.join(manifest.root, name) for name in NAMES if name != own]
    folder = os.getcwd()
    while folder != manifest.root and folder.startswith(manifest.root):
        rivals += [os.path.join(folder, name) for name in NAMES]
        folder = os.path.dirname(folder)
    return rivals
