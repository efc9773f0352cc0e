"""A resolved icon becomes the request that would be sent; what Iconly does not document is refused, not guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iconbuild.model.manifest import Attached, IconSpec
from iconbuild.model.ports import RefusedError
from iconbuild.model.values import Json, Params
from iconbuild.providers.tariff import Tariff

ADAPTER = 2
"""Raised when the same icon would be sent as another request; it is part of every key."""
BLACK = "#000000"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def bind(icon: IconSpec, tariff: Tariff, *, reference: bool) -> Params:
    """The fields of `POST /generate-icon/` for an icon, with `adapter` and `take`, which stay here.

    `attached_image` is True where a picture is to be sent: the action's input. Raises RefusedError with a sentence and
    the manifest's field.
    """
    if not (icon.subject or "").strip():
        raise RefusedError(f"icon `{icon.name}` has no subject: say what it shows", "subject")
    attached = _attached(icon.attached, reference=reference)
    sent: dict[str, Json] = {
        "adapter": ADAPTER,
        "take": icon.take,
        "subject": icon.subject,
        # What works from a picture is done by the premium model, whatever is asked for.
        "model": "high" if attached else icon.model,
    }
    return Params({**sent, **attached, **_look(icon, tariff)})


def unheeded(icon: IconSpec) -> list[str]:
    """What an icon says and its request does not, a sentence each."""
    found = [f"`icon: {icon.pinned}` has no effect: Iconly draws its own"] if icon.pinned else []
    if icon.look.kind == "preset" and icon.color:
        found.append("`color` has no effect: a preset of Iconly has a palette of its own")
    if icon.template and icon.template.id:
        given = [f"`{field}`" for field in ("color", "flags") if getattr(icon, field)]
        if given:
            verb = "have" if len(given) > 1 else "has"
            found.append(f"{' and '.join(given)} {verb} no effect: the template saved at Iconly settles that")
    return found


def _attached(attached: Attached | None, *, reference: bool) -> dict[str, Json]:
    """The fields about a picture to work from."""
    if attached is None:
        return {"attached_image": True, "use_as_reference": True} if reference else {}
    if reference:
        raise RefusedError(
            f"Iconly does not say what `{attached.kind}` means with an anchor; `anchor: none` sets the icon free",
            attached.kind,
        )
    if attached.icon_id is None:
        return {"attached_image": True, **({"iconify": True} if attached.kind == "iconify" else {})}
    if attached.file or attached.kind == "iconify":
        raise RefusedError(
            "Iconly does not say what an icon of its library means here; name a file, or refine it alone", attached.kind
        )
    if not _UUID.fullmatch(attached.icon_id):
        raise RefusedError("an icon of Iconly's library is named by its id, a UUID", attached.kind)
    return {"icon_id": attached.icon_id.lower()}


def _look(icon: IconSpec, tariff: Tariff) -> dict[str, Json]:
    """The fields about style: those of a preset, else of a saved template, else of a base style."""
    template = icon.template
    if icon.look.kind == "preset":
        return _preset(icon.look.name, icon.flags, tariff)
    if template and template.id:
        if template.style:
            raise RefusedError("Iconly does not say whether a saved template or a style goes first; choose one")
        if not _UUID.fullmatch(template.id):
            raise RefusedError("a template saved at Iconly is named by its id, a UUID")
        return {"template_id": template.id}
    words: dict[str, Json] = {}
    if template:
        words["subject"] = template.prompt.replace("{subject}", icon.subject or "")
    style = (template.style or "line") if template else icon.look.name
    if style in tariff.presets:
        # The API takes a preset's slug for a style; it is the same request by another name.
        return {**words, **_preset(style, icon.flags, tariff)}
    if style not in tariff.styles:
        raise RefusedError(f"Iconly has no base style `{style}`; it has {', '.join(tariff.styles)}")
    return {**words, "style": style, "color": icon.color or BLACK, **({"flags": icon.flags} if icon.flags else {})}


def _preset(slug: str, flags: Sequence[str], tariff: Tariff) -> dict[str, Json]:
    """A preset known or not: Iconly has more than are documented. Flags that it brings itself are not sent."""
    if not _SLUG.fullmatch(slug):
        raise RefusedError(f"`{slug}` is no preset: Iconly names them by small letters, digits and hyphens")
    terms = tariff.presets.get(slug)
    own = terms.flags if terms else None
    more = [f"`{flag}`" for flag in flags if flag not in (own or ())]
    if more:
        known = f"its own are {', '.join(own)}" if own else "which it has is not documented"
        raise RefusedError(
            f"Iconly does not say whether {', '.join(more)} would add to the flags of preset `{slug}` or replace them; "
            f"{known}",
            "flags",
        )
    return {"preset_id": slug}
