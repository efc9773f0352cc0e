"""A resolved icon becomes the request that names its picture: everything that reaches the drawing, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iconbuild.model.manifest import IconSpec
from iconbuild.model.ports import RefusedError
from iconbuild.model.values import Params
from iconbuild.providers.local.bias import bias_of
from iconbuild.providers.local.looks.registry import LOOKS, look_of
from iconbuild.providers.local.packs.pack import Pack

REVISION = 2
"""Raised by hand whenever any picture changes: users then see every local icon drawn anew, so name it in CHANGELOG."""

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

_NOT_HONOURED = {
    "allow-text": "flag `allow-text` has no effect: the local engine never draws text",
    "ai-bg": "flag `ai-bg` has no effect: the local engine draws no backgrounds",
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
    if icon.attached:
        sentence = "the embedded engine cannot refine or iconify a picture; follow it with `anchor: {file: ...}`"
        raise RefusedError(sentence, icon.attached.kind)
    bias_of(icon.flags)
    pinned = _pinned(icon.pinned, packs)
    used = [pinned] if pinned else searched(packs, look)
    kept = {flag for flag in icon.flags if _counts(flag, look, reference=reference)}
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
    """The packs whose artwork a look can be drawn from, in the order they are searched: its own colours first."""
    if LOOKS[look].layer == "picture":
        return sorted(packs.values(), key=lambda pack: not pack.palette)
    return [pack for pack in packs.values() if not pack.palette]


def unheeded(icon: IconSpec, *, reference: bool) -> list[str]:
    """What an icon asks for and its picture does not show, a sentence each; for an icon that can be drawn."""
    look = look_of(icon)
    found = [_NOT_HONOURED[flag] for flag in icon.flags if flag in _NOT_HONOURED]
    if "keep-bg" in icon.flags and "keep-bg" not in LOOKS[look].flags:
        found.append(f"flag `keep-bg` has no effect: `{look}` has no background")
    own = [field for field in ("color", "flags") if _own(icon, field)]
    if reference and "color" in own:
        found.append("`color` has no effect: the icon follows an anchor; `anchor: none` sets it free")
    if reference and "flags" in own:
        lost = [f"`{flag}`" for flag in icon.flags if flag not in _NOT_HONOURED and flag != "keep-bg"]
        if lost:
            found.append(f"{', '.join(lost)} without effect: the icon follows an anchor; `anchor: none` sets it free")
    return found


def _own(icon: IconSpec, field: str) -> bool:
    """Whether a field was said on the icon itself, not for the whole set."""
    origin = icon.origins.get(field)
    return origin is not None and origin.layer == "icon"


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
        raise RefusedError(f"icon `{pinned}` names no pack: write `{next(iter(packs))}:{pinned.strip(':')}`", "icon")
    if prefix not in packs:
        there = ", ".join(f"`{known}:` ({pack.title})" for known, pack in packs.items())
        raise RefusedError(f"icon `{pinned}` is of a pack that is not here; there is: {there}", "icon")
    if not _NAME.fullmatch(name):
        raise RefusedError(f"icon `{pinned}` is no name of an icon: write small letters, digits and dashes", "icon")
    return packs[prefix]
