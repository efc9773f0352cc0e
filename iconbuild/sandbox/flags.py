"""A list of flags is checked by the documented names and groups."""

from __future__ import annotations

from collections.abc import Collection

from iconbuild.providers.local.bias import WORDS

_PLAIN = frozenset(["color", "detail-low", "detail-medium", "detail-high", "allow-text", "ai-bg", "keep-bg"])
_BIAS, _GROUPS = "bias-", ("detail-", "bias-")


def check_flags(flags: Collection[str]) -> None:
    """Raises ValueError for an unknown flag, one that is there twice, and two of one group.

    Which colours can be named is not documented; here they are those that the embedded engine knows.
    """
    for flag in flags:
        if flag not in _PLAIN and not (flag.startswith(_BIAS) and flag.removeprefix(_BIAS) in WORDS):
            raise ValueError(f"unknown flag: {flag[:40]}")
    if len(set(flags)) < len(flags):
        raise ValueError("a flag is named twice")
    for group in _GROUPS:
        if sum(flag.startswith(group) for flag in flags) > 1:
            raise ValueError(f"only one flag of the group {group.rstrip('-')} is allowed")
