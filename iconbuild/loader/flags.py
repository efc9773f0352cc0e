"""A list of flags becomes a sorted tuple with at most one flag of each group."""

from __future__ import annotations

from iconbuild.loader.places import Path
from iconbuild.loader.redact import shown
from iconbuild.loader.scope import Scope
from iconbuild.model.values import Json

GROUPS = ("detail", "bias")


def resolve_flags(scope: Scope, value: Json, path: Path, inherited: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The flags of one list, `inherited` in place of `inherit`; two of one group are refused."""
    entries = list(value) if isinstance(value, (list, tuple)) else []
    found: dict[str, str] = {}
    for place, entry in enumerate(entries):
        flags = inherited if entry == "inherit" else (str(entry),)
        for flag in flags:
            group = flag.split("-")[0] if flag.startswith(GROUPS) else flag
            other = found.setdefault(group, flag)
            if other != flag:
                message = f"{shown(other)} and {shown(flag)} exclude each other"
                scope.refuse("M027", message, scope.places.value(*path, place), f"keep one {group} flag")
    return tuple(sorted(found.values()))
