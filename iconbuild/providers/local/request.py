"""A resolved icon becomes the request that names its picture: everything that reaches the drawing, nothing else."""

from __future__ import annotations

import re

from iconbuild.model.manifest import IconSpec
from iconbuild.model.values import Params
from iconbuild.providers.local.looks import LOOKS, look_of

REVISION = 1
"""Raised by hand whenever any picture changes: users then see every local icon drawn anew, so name it in CHANGELOG."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

NOT_HONOURED = {
    "allow-text": "the local engine never draws text: flag `allow-text` has no effect",
    "ai-bg": "the local engine draws no backgrounds: flag `ai-bg` has no effect",
}


def bind(icon: IconSpec, *, reference: bool, prefix: str, version: str) -> Params:
    """The request for an icon; raises ValueError with a sentence where it cannot be drawn.

    A pinned icon has neither subject nor take, since neither reaches its picture. With a reference the anchor's
    palette and weight win, so colour and detail are left out as well.
    """
    look = look_of(icon)
    if icon.pinned is None and not (icon.subject or "").strip():
        raise ValueError(f"icon `{icon.name}` has no subject: say what it shows")
    own = not reference
    kept = set(NOT_HONOURED) | (LOOKS[look].flags if own else set())
    return Params(
        {
            "revision": f"{REVISION}+{prefix}-{version}",
            "subject": None if icon.pinned else icon.subject,
            "look": look,
            "color": icon.color if own else None,
            "flags": tuple(sorted(kept.intersection(icon.flags))),
            "icon": _pinned(icon.pinned, prefix),
            "take": 1 if icon.pinned else icon.take,
            "reference": reference,
        }
    )


def _pinned(pinned: str | None, prefix: str) -> str | None:
    if pinned is None:
        return None
    pack, colon, name = pinned.partition(":")
    if not colon or not name:
        raise ValueError(f"icon `{pinned}` names no pack: write `{prefix}:{pinned.strip(':')}`")
    if pack != prefix:
        raise ValueError(f"icon `{pinned}` is of a pack that is not installed; there is: `{prefix}:` (Phosphor Icons)")
    if not _NAME.fullmatch(name):
        raise ValueError(f"icon `{pinned}` is no name of an icon: write small letters, digits and dashes")
    return pinned
