"""Manifests for Iconly, generated: everything that is allowed and changes what a set costs, in any combination."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from PIL import Image, ImageDraw

from iconbuild.providers.tariff import load_tariff

TARIFF = load_tariff("iconly")
STUDIO = "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11"
SAVED: Mapping[str, Mapping[str, object]] = {
    STUDIO: {"name": "studio", "style": "glyph", "color": "#0f172a", "flags": ["color", "detail-high"]}
}
"""The templates that every account has at the server, which costs what its settings do: 6 + 2 + 2 with model `low`."""
SUBJECTS = ("house", "bell", "heart", "star", "cloud", "camera")
FRESH = "rocket"
"""A subject that is never generated."""
PICTURE, SHAPE = "brand/logo.webp", "brand/mark.svg"

Table = dict[str, Any]


def lay_out(root: Path) -> None:
    """The files that manifests name."""
    (root / "brand").mkdir(exist_ok=True)
    picture = Image.new("RGBA", (96, 96))
    ImageDraw.Draw(picture).rounded_rectangle((16, 16, 80, 80), 12, fill=(30, 90, 200, 255))
    picture.save(root / PICTURE, "WEBP", lossless=True)
    (root / SHAPE).write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M3 3h18v18H3z" fill="#c2410c"/></svg>',
        encoding="utf-8",
    )


def manifest(table: Mapping[str, object]) -> str:
    """YAML, of which JSON is a part."""
    return json.dumps(table)


@st.composite
def flag_lists(draw: st.DrawFn) -> list[str]:
    """Flags of a base style: one of each group at most."""
    groups = (
        st.sampled_from(["detail-low", "detail-medium", "detail-high"]),
        st.sampled_from(["bias-blue", "bias-red"]),
        *map(st.just, ("color", "allow-text", "ai-bg", "keep-bg")),
    )
    chosen = [draw(st.none() | group) for group in groups]
    return [flag for flag in chosen if flag]


@st.composite
def looks(draw: st.DrawFn) -> Table:
    """What an icon looks like: a style with flags, a preset with none but its own, or a template."""
    kind = draw(st.sampled_from(["style", "preset", "template"]))
    if kind == "style":
        styled: Table = {"style": draw(st.sampled_from(TARIFF.styles))}
        if draw(st.booleans()):
            styled["color"] = "#4338ca"
        return {**styled, "flags": draw(flag_lists())}
    if kind == "preset":
        slug = draw(st.sampled_from(sorted(TARIFF.presets)))
        own = TARIFF.presets[slug].flags or ()
        return {"preset": slug, "flags": draw(st.lists(st.sampled_from(own), unique=True)) if own else []}
    return {"template": draw(st.sampled_from(["brand", "shiny", "studio"]))}


@st.composite
def step_lists(draw: st.DrawFn) -> list[Table]:
    """Steps, which are free but for one."""
    step: st.SearchStrategy[Table] = st.sampled_from(
        [
            {"crop": 10},
            {"recolor": "#0f172a"},
            {"thickness": 1},
            {"smooth": 3},
            {"remove-bg": 5},
            {"smart-remove-bg": {}},
        ]
    )
    return draw(st.lists(step, max_size=2, unique_by=lambda table: next(iter(table))))


@st.composite
def icons(draw: st.DrawFn, earlier: list[str]) -> Table:
    """One icon; it may follow one of the `earlier` ones."""
    kind = draw(st.sampled_from(["drawn", "iconify", "refine", "drawn", "from", "drawn"]))
    steps = {"steps": draw(step_lists())} if draw(st.booleans()) else {}
    if kind == "from":
        return {"from": draw(st.sampled_from([PICTURE, SHAPE])), **steps}
    icon: Table = {"subject": draw(st.sampled_from(SUBJECTS)), **steps}
    if draw(st.booleans()):
        icon.update(draw(looks()))
    icon["model"] = draw(st.sampled_from(["low", "high"]))
    icon["take"] = draw(st.sampled_from([1, 1, 2]))
    if kind != "drawn":
        return {**icon, kind: PICTURE}
    if draw(st.integers(0, 3)) == 0:
        icon["anchor"] = draw(st.sampled_from(["none", {"file": PICTURE}, *earlier]))
    return icon


def ordered(made: Table, **more: object) -> Table:
    """A manifest of some icons."""
    return {
        "version": 1,
        "name": "generated",
        "provider": "iconly",
        "templates": {
            "brand": {"style": "outline", "flags": ["detail-medium"], "prompt": "{subject}, rounded"},
            "shiny": {"style": "isometric", "flags": ["color"], "steps": [{"crop": 5}]},
            "studio": {"id": STUDIO, "tokens": 10},
        },
        "icons": made,
        "outputs": [{"files": {"dir": "dist", "formats": ["png"], "sizes": [24]}}],
        **more,
    }


EVERYTHING = ordered(
    {
        "first": {"subject": "house", "preset": "product"},
        "second": {"subject": "bell", "template": "studio", "model": "high", "anchor": "none"},
        "third": {"subject": "star", "flags": ["color", "detail-high", "bias-red"], "steps": [{"smart-remove-bg": {}}]},
        "fourth": {"subject": "heart", "iconify": PICTURE, "flags": ["detail-medium"]},
        "fifth": {"subject": "cloud", "refine": PICTURE, "preset": "duotone"},
        "sixth": {"from": SHAPE, "steps": [{"smart-remove-bg": {}}]},
        "again": {"subject": "cloud", "refine": PICTURE, "preset": "duotone"},
    },
    anchor="first",
    themes={"light": [], "dark": [{"smart-remove-bg": {}}, {"recolor": "#e2e8f0"}]},
)
"""All that has a price of its own, once."""


@st.composite
def orders(draw: st.DrawFn) -> tuple[Table, Table]:
    """A manifest for Iconly that is allowed, with an icon at least to draw; and the same after an edit of one."""
    made: dict[str, Table] = {"first": {"subject": draw(st.sampled_from(SUBJECTS))}}
    for name in ("second", "third")[: draw(st.sampled_from([2, 1, 0, 2, 2]))]:
        drawn = [earlier for earlier, icon in made.items() if "subject" in icon]
        made[name] = draw(icons(drawn))
    table = ordered(
        made,
        defaults={**draw(looks()), "steps": draw(step_lists())},
        chain=draw(st.sampled_from(["star", "sequential"])),
        **{"steps-on": draw(st.sampled_from(["machine", "provider"]))},
    )
    anchor = draw(st.sampled_from(["first", "first", None, {"file": PICTURE}, {"file": SHAPE}]))
    if anchor:
        table["anchor"] = anchor
    if draw(st.integers(0, 3)) == 0:
        table["themes"] = {"light": [], "dark": [{"recolor": "#e2e8f0"}, *draw(step_lists())]}
    return table, edited(table, draw(st.sampled_from([name for name, icon in made.items() if "subject" in icon])))


def edited(table: Table, name: str) -> Table:
    """The same manifest after an icon that is drawn was given another subject."""
    return {**table, "icons": {**table["icons"], name: {**table["icons"][name], "subject": FRESH}}}
