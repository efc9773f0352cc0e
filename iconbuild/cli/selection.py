"""Names of icons on the command line become a selection, checked against the manifest."""

from __future__ import annotations

import os
from collections.abc import Sequence

from iconbuild.errors import UsageError
from iconbuild.model.session import Preview


def chosen(icons: Sequence[str]) -> frozenset[str] | None:
    """The names as a set; None means all."""
    return frozenset(icons) if icons else None


def output_paths(seen: Preview, out: str | None) -> list[str]:
    """The absolute paths of all outputs; `out` is the folder of --out-dir."""
    return [os.path.join(out or seen.manifest.root, target.path) for target in seen.plan.targets]


def check_names(seen: Preview, icons: Sequence[str]) -> None:
    """Raise UsageError for a name that the manifest does not have."""
    known = {icon.name for icon in seen.plan.icons}
    for name in icons:
        if name not in known:
            from difflib import get_close_matches

            close = get_close_matches(name, sorted(known), 1)
            remedy = f"did you mean `{close[0]}`?" if close else f"it has {', '.join(sorted(known)[:8])}"
            raise UsageError(f"{seen.manifest.path} has no icon `{name}`", remedy=remedy)
