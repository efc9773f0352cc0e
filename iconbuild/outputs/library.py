"""Output `library`: every icon is saved to the provider's library, and their addresses become a fragment of HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from iconbuild.errors import WorkError
from iconbuild.model.artifact import HTML, JSON, Payload
from iconbuild.model.publishing import IconSet, SetIcon, Source, Wanted
from iconbuild.model.purchase import LIBRARY
from iconbuild.model.values import Json, Params
from iconbuild.outputs import checks

FIELDS = ("file", "name", "theme")
ICON = "{icon}"
ARTWORK = "custom"
"""The style of what has none, since it was not drawn."""
MAX_NAME = 120
_CLASS = re.compile(r"[A-Za-z0-9_ -]{1,250}\Z")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%\[\]-]{1,1990}\Z")


class Library:
    """One file for the whole set; what is in the library already is not saved again."""

    name = LIBRARY
    version = 1
    speaks = False

    def bind(self, value: Json) -> Params:
        """`file`, `name` (what an icon is called there, text around `{icon}`) and `theme` (None: the first)."""
        given = checks.table(value, kind=self.name, short="file", fields=FIELDS)
        theme = given.get("theme")
        if theme is not None and (not isinstance(theme, str) or not theme):
            raise ValueError(f"`theme` must be the name of a theme, not {checks.shown(theme)}")
        return Params(
            {
                "file": checks.file_path(given["file"], "file", ("html", "htm")),
                "name": _pattern(given.get("name", ICON)),
                "theme": theme,
            }
        )

    def wanted(self, params: Params, icons: IconSet) -> Iterator[Wanted]:
        """One fragment, its icons by name; nothing for an empty set."""
        ordered = sorted(icons.icons, key=lambda icon: icon.name)
        if not ordered:
            return
        theme = _theme(cast("str | None", params["theme"]), icons)
        pattern = cast("str", params["name"])
        yield Wanted(
            path=cast("str", params["file"]),
            params=Params({"icons": tuple({"name": icon.name, "title": _alt(icon)} for icon in ordered)}),
            inputs=tuple((icon.name, theme) for icon in ordered),
            task=LIBRARY,
            settings=tuple(_settings(icon, pattern.replace(ICON, icon.name)) for icon in ordered),
        )

    def run(self, params: Params, inputs: Sequence[Source]) -> Payload:
        """The fragment as UTF-8; `inputs` are what the provider said of each icon, as JSON."""
        icons = cast("Sequence[Mapping[str, str]]", params["icons"])
        figures = [_figure(icon, place_of(source.payload)) for icon, source in zip(icons, inputs, strict=True)]
        return Payload("".join(figures).encode(), HTML)


def place_of(payload: Payload) -> dict[str, str]:
    """`css_class`, `icon_id`, `slug` and `url` of a saved icon; raises WorkError for anything that is not that."""
    try:
        data = json.loads(payload.data) if payload.media == JSON else None
        place = {name: data[name] for name in ("css_class", "icon_id", "slug", "url")}  # type: ignore[index]
    except (ValueError, KeyError, TypeError, RecursionError):
        place = {}
    texts = all(isinstance(text, str) for text in place.values())
    if not place or not texts or not _CLASS.match(place["css_class"]) or not _ADDRESS.match(place["url"]):
        raise WorkError(
            "what is known of a saved icon is no place in a library", remedy="clear the cache: it asks anew"
        )
    return place


def _figure(icon: Mapping[str, str], place: Mapping[str, str]) -> str:
    from iconbuild.outputs.page import text

    return (
        f'<figure data-icon="{text(icon["name"])}">\n'
        f'  <img src="{text(place["url"])}" alt="{text(icon["title"])}">\n'
        f'  <i class="{text(place["css_class"])}" role="img" aria-label="{text(icon["title"])}"></i>\n'
        f"  <figcaption>{text(icon['name'])}</figcaption>\n"
        "</figure>\n"
    )


def _alt(icon: SetIcon) -> str:
    """What it shows in words; of artwork only the name is known."""
    return icon.title if icon.look else icon.name


def _settings(icon: SetIcon, name: str) -> Params:
    if not any(char.isalnum() for char in name):
        raise ValueError(f"icon `{icon.name}` would have no letter and no digit in its name; add some with `name`")
    style = icon.look or ARTWORK
    return Params({"name": name, "style": style, "is_colored": icon.colored, "detail_level": icon.detail})


def _pattern(value: Json) -> str:
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= MAX_NAME:
        raise ValueError(f"`name` must be a text of at most {MAX_NAME} characters, not {checks.shown(value)}")
    if value.count(ICON) != 1 or set("{}") & set(value.replace(ICON, "")):
        raise ValueError(f"`name` must hold {ICON} once, and no other braces: {checks.shown(value)}")
    return value


def _theme(name: str | None, icons: IconSet) -> str:
    if name is None:
        return icons.themes[0]
    if name not in icons.themes:
        declared = [theme for theme in icons.themes if theme]
        hint = checks.closest(name, declared) if declared else ": the set declares no themes"
        raise ValueError(f"`theme` names {checks.shown(name)}, which the set does not have{hint}")
    return name
