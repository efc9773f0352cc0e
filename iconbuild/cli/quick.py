"""A null build is answered from the snapshot of the build before it, without loading the manifest."""

from __future__ import annotations

import os

from iconbuild import __version__
from iconbuild.errors import IconbuildError
from iconbuild.store import snapshot
from iconbuild.store.places import cache_dir

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def where_and_who(arguments: Sequence[str]) -> tuple[str, snapshot.Identity]:
    """The snapshot's file for this command line in this folder, and the identity it must have."""
    who = snapshot.identity(__version__, arguments, os.getcwd(), os.environ)
    return snapshot.slot(cache_dir(), who), who


def quick_answer(arguments: Sequence[str]) -> str | None:
    """What to print if nothing has changed; None means: do the full build."""
    try:
        path, who = where_and_who(arguments)
    except (OSError, IconbuildError):
        return None
    return snapshot.answer(path, who)
