"""Icons as manifests ask for them at Iconly, and strategies for any of them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from iconbuild.model.manifest import Attached, IconSpec, Look, TemplateSpec
from tests.builders import icon, source

SAVED = "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11"
ICON_ID = "0b0f2d9e-8c53-4a55-b6f1-9c1d7f3a2e10"
DUOTONE = Look("preset", "duotone")
STYLES = ("line", "glyph", "outline", "pixel", "isometric")
FLAG_SETS = st.tuples(
    st.sampled_from(["", "color"]),
    st.sampled_from(["", "detail-low", "detail-medium", "detail-high"]),
    st.sampled_from(["", "bias-blue"]),
    st.sampled_from(["", "allow-text"]),
).map(lambda flags: tuple(sorted(filter(None, flags))))


def saved_template(tokens: int | None = None) -> TemplateSpec:
    """A template saved at Iconly."""
    return TemplateSpec("brand", id=SAVED, tokens=None if tokens is None else Decimal(tokens))


def own_template(style: str | None = None) -> TemplateSpec:
    """A template of the manifest."""
    return TemplateSpec("brand", style=style, prompt="{subject}, rounded")


_LOOKS = st.one_of(
    st.sampled_from(STYLES).map(lambda name: (Look("style", name), None)),
    st.sampled_from(["duotone", "product", "neon", "sticker-2"]).map(lambda name: (Look("preset", name), None)),
    st.sampled_from([None, *STYLES]).map(lambda name: (Look("template", "brand"), own_template(name))),
    st.sampled_from([None, 0, 8]).map(lambda tokens: (Look("template", "brand"), saved_template(tokens))),
)
_ATTACHED = st.sampled_from(
    [
        None,
        Attached("refine", file=source("old.webp")),
        Attached("refine", icon_id=ICON_ID),
        Attached("iconify", file=source("photo.jpg")),
    ]
)


@st.composite
def icons(draw: st.DrawFn) -> IconSpec:
    """Any icon that a manifest can ask for."""
    look, template = draw(_LOOKS)
    made = icon(
        "home",
        look=look,
        template=template,
        color=draw(st.sampled_from([None, "#3b82f6"])),
        flags=draw(FLAG_SETS),
        model=draw(st.sampled_from(["low", "high"])),
        take=draw(st.integers(1, 3)),
    )
    return made._replace(attached=draw(_ATTACHED))
