"""A resolved icon becomes the request that names its picture: everything that reaches the drawing, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iconbuild.model.manifest import IconSpec
from iconbuild.model.values import Params
from iconbuild.providers.local.bias import bias_of
from iconbuild.providers.local.looks.registry import LOOKS, look_of
from iconbuild.providers.local.packs.pack import Pack

REVISION = 2
"""Raised by hand whenever any picture changes: users then see every local icon drawn anew, so name it in CHANGELOG."""

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

NOT_HONOURED = {
    "allow-text": "the local engine never draws text: flag `allow-text` has no effect",
    "ai-bg": "the local engine draws no backgrounds: flag `ai-bg` has no effect",
}


def bind(icon: IconSpec, packs: Mapping[str, Pack], *, reference: bool) -> Params:
    """The request for an icon; raises ValueError with a sentence where it cannot be drawn.

    `packs` by prefix, in the order they are searched. A pinned icon has neither subject nor take, since neither
    reaches its picture, and hangs on its own pack alone. With a reference the anchor's palette and weight win, so
    colour, bias and detail are left out as well.
    """
    look = look_of(icon)
    if icon.pinned is None and not (icon.subject or "").strip():
        raise ValueError(f"icon `{icon.name}` has no subject: say what it shows")
    bias_of(icon.flags)
    pinned = _pinned(icon.pinned, packs)
    used = [pinned] if pinned else searched(packs, look)
    kept = {flag for flag in icon.flags if flag in NOT_HONOURED or _counts(flag, look, reference=reference)}
    return Params(
        {
            "revision": "+".join([str(REVISION), *(f"{pack.prefix}-{pack.revision}" for pack in used)]),
            "subject": None if pinned else icon.subject,
            "look": look,
            "color": None if reference else icon.color,
            "flags": tuple(sorted(kept)),
            "icon": icon.pinned,
            "take": 1 if pinned else icon.take,
            "reference": reference,
        }
    )


def searched(packs: Mapping[str, Pack], look: str) -> list[Pack]:
    """The packs whose artwork a look can be drawn from, in the order they are searched."""
    pictures = LOOKS[look].layer == "picture"
    return [pack for pack in packs.values() if pictures or not pack.palette]


def _counts(flag: str, look: str, *, reference: bool) -> bool:
    """Whether a flag reaches the drawing; colours and weight are the anchor's where there is one."""
    if flag.startswith("bias-"):
        return not reference
    return flag in LOOKS[look].flags and (flag == "keep-bg" or not reference)


def _pinned(pinned: str | None, packs: Mapping[str, Pack]) -> Pack | None:
    if pinned is None:
        return None
    prefix, colon, name = pinned.partition(":")
    if not colon or not name:
        raise ValueError(f"icon `{pinned}` names no pack: write `{next(iter(packs))}:{pinned.strip(':')}`")
    if prefix not in packs:
        there = ", ".join(f"`{known}:` ({pack.title})" for known, pack in packs.items())
        raise ValueError(f"icon `{pinned}` is of a pack that is not here; there is: {there}")
    if not _NAME.fullmatch(name):
        raise ValueError(f"icon `{pinned}` is no name of an icon: write small letters, digits and dashes")
    return packs[prefix]
