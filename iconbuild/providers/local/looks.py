"""An icon's style, preset or template becomes a look that this engine draws, or a sentence why it does not."""

from __future__ import annotations

from typing import NamedTuple

from iconbuild.model.manifest import IconSpec

DETAILS = frozenset({"detail-low", "detail-medium", "detail-high"})


class LookSpec(NamedTuple):
    """One look: what it is, for people, and the flags that change it. `studio` knows how it is drawn."""

    summary: str
    flags: frozenset[str] = frozenset()


STYLES = {
    "line": LookSpec("strokes of one width in one ink", DETAILS),
    "glyph": LookSpec("a solid silhouette in one ink"),
    "outline": LookSpec("a thin contour around hollow strokes"),
}
PRESETS = {
    "duotone": LookSpec("strokes in a dark ink over areas in a light accent", DETAILS),
}
LOOKS = STYLES | PRESETS

_LATER = frozenset(
    {"pixel", "isometric", "product", "neon", "sticker", "glassmorphism", "clay-3d", "gradient", "flat", "hand-drawn"}
)
_ELSEWHERE = "photorealistic"


def look_of(icon: IconSpec) -> str:
    """The look an icon is drawn in; raises ValueError with a sentence for a look that this engine does not draw."""
    if icon.look.kind != "template":
        return _known(icon.look.name, icon.look.kind)
    template = icon.template
    if template is not None and template.id is not None:
        raise ValueError(
            f"template `{template.name}` is saved at another provider (it has an `id`), "
            "which the local engine cannot see; give it a `style` of its own instead"
        )
    return _known(template.style if template is not None and template.style else "line", "style")


def _known(name: str, kind: str) -> str:
    if name in LOOKS:
        return name
    draws = f"it draws: {', '.join(LOOKS)}"
    if name == _ELSEWHERE:
        raise ValueError(
            f"the local engine cannot draw {kind} `{name}`: it has no photographs; "
            "the providers iconly and ideogram can draw it"
        )
    if name in _LATER:
        raise ValueError(f"{kind} `{name}` comes with a later version of the local engine; {draws}")
    from difflib import get_close_matches

    near = get_close_matches(name, LOOKS, 1)
    hint = f" (did you mean `{near[0]}`?)" if near else ""
    raise ValueError(f"the local engine knows no {kind} `{name}`{hint}; {draws}")
