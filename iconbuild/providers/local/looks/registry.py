"""The looks that this engine draws, as data: the files beside this one draw them, and are imported when they do."""

from __future__ import annotations

from typing import Literal, NamedTuple

from iconbuild.model.manifest import IconSpec

_DETAIL = frozenset({"detail-low", "detail-medium", "detail-high"})
_COLOR = frozenset({"color"})
_TILE = frozenset({"keep-bg"})

Layer = Literal["strokes", "tints", "fills", "picture"]


class LookSpec(NamedTuple):
    """One look, for people and for planning.

    `flags` change it (`bias-*` changes all). `layer` says what of the artwork decides its place: line drawing, line
    drawing with tints, solid variant, or the artwork's own colours where it has them. `colored`: it has areas in
    several colours, so two objects stand side by side; otherwise the second is a badge. `svg`: its
    drawings can leave as clean SVG, in one ink (and what goes with it) that may follow the text around them, or in
    colours. `aliases`: other spellings, as people know them from elsewhere.
    """

    kind: Literal["style", "preset"]
    summary: str
    layer: Layer
    flags: frozenset[str] = frozenset()
    colored: bool = False
    svg: Literal["", "ink", "colors"] = ""
    aliases: tuple[str, ...] = ()


LOOKS: dict[str, LookSpec] = {
    "line": LookSpec("style", "strokes of one width in one ink", "strokes", _DETAIL | _COLOR, svg="ink"),
    "glyph": LookSpec("style", "a solid silhouette in one ink", "fills", _DETAIL | _COLOR, svg="ink"),
    "outline": LookSpec("style", "a thin contour around hollow strokes", "strokes", _DETAIL | _COLOR, svg="ink"),
    "pixel": LookSpec("style", "squares of a coarse grid, drawn by hand as it were", "tints", _DETAIL | _COLOR),
    "isometric": LookSpec("style", "a solid body seen from above a corner", "fills", _DETAIL | _COLOR, colored=True),
    "duotone": LookSpec(
        "preset",
        "strokes in a dark ink over areas in a light accent",
        "tints",
        _DETAIL | _COLOR,
        svg="ink",
    ),
    "gradient": LookSpec(
        "preset", "solid shapes under one sweep of two colours", "fills", _DETAIL | _COLOR, colored=True, svg="colors"
    ),
    "flat": LookSpec(
        "preset", "plain areas in a few tones, no lines", "picture", _DETAIL | _COLOR, colored=True, svg="colors"
    ),
    "neon": LookSpec("preset", "glowing tubes on a dark tile", "tints", _DETAIL | _COLOR | _TILE),
    "glassmorphism": LookSpec(
        "preset",
        "a frosted plate in front of a bright disc",
        "fills",
        _DETAIL | _COLOR,
        colored=True,
        aliases=("glass",),
    ),
    "clay-3d": LookSpec(
        "preset",
        "soft modelled bodies in matt colours",
        "picture",
        _DETAIL | _COLOR,
        colored=True,
        aliases=("clay", "clay3d"),
    ),
    "sticker": LookSpec(
        "preset", "flat colours, a dark contour and a white die-cut rim", "picture", _DETAIL | _COLOR, colored=True
    ),
    "hand-drawn": LookSpec(
        "preset", "a shaky pen and loose hatching", "tints", _DETAIL | _COLOR, aliases=("hand-drawing", "sketch")
    ),
    "product": LookSpec(
        "preset",
        "rounded bodies in studio light on a tile",
        "picture",
        _DETAIL | _COLOR | _TILE,
        colored=True,
        aliases=("product-shot",),
    ),
}

_ELSEWHERE = "photorealistic"
_ALIASES = {alias: name for name, spec in LOOKS.items() for alias in spec.aliases}


def look_of(icon: IconSpec) -> str:
    """The look an icon is drawn in; raises ValueError with a sentence for a look that this engine does not draw."""
    if icon.look.kind != "template":
        return known_look(icon.look.name, icon.look.kind)
    template = icon.template
    if template is not None and template.id is not None:
        raise ValueError(
            f"template `{template.name}` is saved at another provider (it has an `id`), "
            "which the local engine cannot see; give it a `style` of its own instead"
        )
    return known_look(template.style if template is not None and template.style else "line", "style")


def known_look(name: str, kind: str) -> str:
    """The look of a name, however it is spelt; raises ValueError with a sentence."""
    spelled = name.strip().lower().replace("_", "-").replace(" ", "-")
    spelled = _ALIASES.get(spelled, spelled)
    if spelled in LOOKS:
        return spelled
    draws = f"it draws: {', '.join(LOOKS)}"
    if spelled == _ELSEWHERE:
        raise ValueError(
            f"the local engine cannot draw {kind} `{name}`: it has no photographs; `product` and `clay-3d` are its "
            "nearest, and the providers iconly and ideogram can draw it"
        )
    from difflib import get_close_matches

    near = get_close_matches(spelled, [*LOOKS, *_ALIASES], 1)
    hint = f" (did you mean `{near[0]}`?)" if near else ""
    raise ValueError(f"the local engine knows no {kind} `{name}`{hint}; {draws}")
