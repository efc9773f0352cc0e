"""Small sets of drawings that the tests of outputs share."""

from __future__ import annotations

from collections.abc import Mapping

from iconbuild.model.artifact import JSON, SVG, Payload
from iconbuild.model.publishing import IconSet, Output, SetIcon, Wanted
from iconbuild.model.values import Json, Params, canonical

SHAPES = {
    "home": '<path d="M3 12 12 3l9 9v9H3z"/>',
    "disc": '<circle cx="12" cy="12" r="9"/>',
    "7-bar": '<rect x="2" y="9" width="20" height="6"/>',
}
COLORS = {"": "#3b82f6", "light": "#0f172a", "dark": "#e2e8f0"}


def drawing(icon: str, theme: str = "", facts: Mapping[str, Json] | None = None) -> Payload:
    """One shape in the colour of a theme."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="{COLORS[theme]}">'
    return Payload(f"{head}{SHAPES[icon]}</svg>".encode(), SVG, Params(facts))


def icon_set(*themes: str, names: tuple[str, ...] = tuple(SHAPES)) -> IconSet:
    """The shapes as a set, with `themes` or without any."""
    icons = tuple(SetIcon(name, f"a {name}", f"{place} tokens") for place, name in enumerate(names))
    return IconSet("acme", icons, themes or ("",), ("drawn here",))


def wants(output: Output, value: Json, icons: IconSet) -> list[Wanted]:
    """What `output` asks for when the manifest says `value`."""
    return list(output.wanted(output.bind(value), icons))


def made(output: Output, wanted: Wanted) -> Payload:
    """What `output` makes of one thing it asked for."""
    from iconbuild.pictures.opened import Gallery  # planning must not load it

    if wanted.task:
        return output.run(wanted.params, Gallery([place(str(each["name"])) for each in wanted.settings]))
    return output.run(wanted.params, Gallery([drawing(icon, theme) for icon, theme in wanted.inputs]))


def place(name: str) -> Payload:
    """What a provider says of an icon in its library."""
    told = {"css_class": f"ci ci-{name}", "icon_id": "0", "slug": name, "url": f"https://example.org/{name}.webp"}
    return Payload(canonical(told).encode(), JSON)
