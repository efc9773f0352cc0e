"""Every field of a manifest with a change of it, and whether the change reaches a picture."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from iconbuild.model.values import Json

Document = dict[str, Any]
BOTH, LOCAL, ICONLY, NONE = ("local", "iconly"), ("local",), ("iconly",), ()

TEMPLATES: Document = {
    "brand": {
        "style": "line",
        "color": "#0f172a",
        "flags": ["detail-medium"],
        "steps": [{"crop": 10}],
        "prompt": "{subject}, rounded",
    },
    "other": {"style": "glyph"},
    "saved": {"id": "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11", "tokens": 8},
}


def base() -> Document:
    """A small set; `cart` is the icon that most changes are made to."""
    return {
        "version": 1,
        "name": "acme",
        "icons": {
            "home": {"subject": "house"},
            "cart": {"subject": "shopping cart", "style": "line", "color": "#3b82f6", "flags": ["detail-medium"]},
            "bell": {"subject": "bell", "anchor": "home"},
            "logo": {"from": "brand/logo.svg"},
        },
        "templates": deepcopy(TEMPLATES),
        "outputs": [{"files": {"dir": "dist", "sizes": [24]}}],
    }


@dataclass(frozen=True)
class Change:
    """`field` of a section of the schema: after `setup`, setting `path` to `value` (None: deleting it).

    `reaches` are the providers at which the files of `icon` are made anew by it.
    """

    field: str
    path: tuple[str | int, ...]
    value: Json
    reaches: tuple[str, ...]
    setup: tuple[tuple[tuple[str | int, ...], Json], ...] = ()
    icon: str = "cart"
    only: tuple[str, ...] = BOTH
    """Providers at which the manifest can be planned at all."""

    def before(self, provider: str) -> Document:
        """The document without the change."""
        document = base() | {"provider": provider}
        for path, value in self.setup:
            put(document, path, value)
        return document

    def after(self, provider: str) -> Document:
        """The document with the change."""
        document = self.before(provider)
        put(document, self.path, self.value)
        return document


def put(document: Document, path: tuple[str | int, ...], value: Json) -> None:
    """Set one field of a document, or delete it."""
    at: Any = document
    for part in path[:-1]:
        at = at.setdefault(part, {}) if isinstance(at, dict) else at[part]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = deepcopy(value)


CART = ("icons", "cart")


def _cart(field: str, value: Json, reaches: tuple[str, ...], before: Mapping[str, Json] | None = None) -> Change:
    setup = ((CART, {"subject": "shopping cart", **before}),) if before is not None else ()
    return Change(field=f"icon.{field}", path=(*CART, field), value=value, reaches=reaches, setup=setup)


def _steps(old: Json, new: Json, name: str) -> Change:
    return Change(
        field=f"step.{name}", path=(*CART, "steps"), value=[new], reaches=BOTH, setup=(((*CART, "steps"), [old]),)
    )


ICON = [
    _cart("subject", "shopping trolley", BOTH),
    Change("icon.from", ("icons", "logo", "from"), "brand/badge.svg", BOTH, icon="logo"),
    _cart("preset", "duotone", BOTH, {}),
    Change(
        "icon.preset", (*CART, "preset"), "neon", ICONLY, ((CART, {"subject": "x", "preset": "duotone"}),), only=ICONLY
    ),
    _cart("template", "other", BOTH, {"template": "brand"}),
    _cart("style", "glyph", BOTH),
    _cart("color", "#3b82f7", BOTH),
    _cart("color", None, BOTH),
    _cart("flags", ["detail-high"], BOTH),
    _cart("flags", ["detail-medium", "allow-text"], ICONLY),
    _cart("flags", ["detail-medium", "bias-blue"], BOTH),
    _cart("model", "high", ICONLY),
    _cart("steps", [{"crop": 10}], BOTH),
    _cart("steps", [{"crop": 10}, {"thickness": 1}], BOTH, {"steps": [{"thickness": 1}, {"crop": 10}]}),
    _cart("steps", [{"crop": 10}], BOTH, {"steps": [{"crop": 10}, {"crop": 10}]}),
    _cart("icon", "ph:basket", LOCAL),
    _cart("icon", "ph:basket", LOCAL, {"icon": "ph:bag"}),
    _cart("take", 2, BOTH),
    _cart("anchor", "home", BOTH),
    Change("icon.anchor", (*CART, "anchor"), {"file": "brand/badge.svg"}, BOTH, (((*CART, "anchor"), "logo"),)),
    Change("icon.subject", ("icons", "home", "subject"), "villa", BOTH, icon="bell"),
    _cart("tags", ["beta"], NONE),
    *(
        Change(f"icon.{kind}", (*CART, kind), value, ICONLY, (((*CART, kind), "brand/logo.svg"),), only=ICONLY)
        for kind, value in (
            ("refine", "brand/badge.svg"),
            ("refine", {"icon_id": "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11"}),
            ("iconify", {"file": "brand/badge.svg"}),
        )
    ),
    Change("icon.iconify", (*CART, "iconify"), "brand/logo.svg", ICONLY, only=ICONLY),
]

DEFAULTS = [
    Change(f"defaults.{field}", ("defaults", field), value, reaches, icon="home")
    for field, value, reaches in (
        ("preset", "duotone", BOTH),
        ("template", "brand", BOTH),
        ("style", "glyph", BOTH),
        ("color", "#ff0000", BOTH),
        ("flags", ["detail-high"], BOTH),
        ("model", "high", ICONLY),
        ("steps", [{"crop": 10}], BOTH),
        ("take", 2, BOTH),
        ("anchor", "cart", BOTH),
        ("tags", ["beta"], NONE),
    )
]

_BRANDED = ((CART, {"subject": "shopping cart", "template": "brand"}),)
_SAVED = ((CART, {"subject": "shopping cart", "template": "saved"}),)
TEMPLATE = [
    *(
        Change(f"template.{field}", ("templates", "brand", field), value, reaches, _BRANDED)
        for field, value, reaches in (
            ("style", "glyph", BOTH),
            ("color", "#ff0000", BOTH),
            ("flags", ["detail-low"], BOTH),
            ("steps", [{"crop": 11}], BOTH),
            ("prompt", "{subject}, square", ICONLY),
        )
    ),
    Change("template.style", ("templates", "other", "style"), "outline", NONE, _BRANDED),
    Change(
        "template.id",
        ("templates", "saved", "id"),
        "00000000-3c1e-4d55-9a53-2f1d5e0b7c11",
        ICONLY,
        _SAVED,
        only=ICONLY,
    ),
    Change("template.tokens", ("templates", "saved", "tokens"), 9, NONE, _SAVED, only=ICONLY),
]

_DARK = ((("themes",), {"dark": [{"recolor": "#ffffff"}]}),)
_SEQUENCE = ((("anchor",), "home"), (("chain",), "star"))
TOP = [
    Change("top.version", ("version",), None, NONE),
    Change("top.name", ("name",), "other", NONE),
    Change("top.name", ("name",), "other", BOTH, ((("outputs",), [{"html": "dist/index.html"}]),), icon=""),
    Change("top.icons", ("icons", "more"), "star", NONE),
    Change("top.templates", ("templates", "more"), {"style": "glyph"}, NONE),
    Change("top.packs", ("packs",), ["packs/mine"], NONE, only=NONE),
    Change("top.defaults", ("defaults",), {"style": "glyph"}, BOTH, icon="home"),
    Change("top.anchor", ("anchor",), "home", BOTH),
    Change("top.anchor", ("anchor",), {"file": "brand/badge.svg"}, BOTH, ((("anchor",), {"file": "brand/logo.svg"}),)),
    Change("top.chain", ("chain",), "sequential", BOTH, ((("icons", "bell"), "bell"), *_SEQUENCE), icon="bell"),
    Change("top.themes", ("themes",), {"dark": [{"recolor": "#ffffff"}]}, BOTH),
    Change("top.themes", ("themes", "dark"), [{"recolor": "#fffffe"}], BOTH, _DARK),
    Change("top.themes", ("themes", "dark"), [{"crop": 5}, {"recolor": "#ffffff"}], BOTH, _DARK),
    Change("top.outputs", ("outputs",), "elsewhere", BOTH),
    Change("top.budget", ("budget",), {"tokens": 400, "usd": 3}, NONE),
    Change("top.profiles", ("profiles",), {"ci": {"budget": {"tokens": 0}}}, NONE),
    Change("top.limits", ("limits",), {"icons": 5}, NONE),
    Change("top.strict", ("strict",), True, NONE),
    Change("top.steps-on", ("steps-on",), "machine", NONE),
    Change("top.steps-on", ("steps-on",), "provider", NONE, only=ICONLY),
    Change("top.steps-on", ("steps-on",), "provider", ICONLY, (((*CART, "steps"), [{"crop": 10}]),), only=ICONLY),
]

STEP = [
    _steps({"crop": 10}, {"crop": 11}, "crop.percent"),
    _steps({"recolor": "#ffffff"}, {"recolor": "#fffffe"}, "recolor.color"),
    _steps(
        {"recolor": {"color": "#ffffff", "mode": "solid"}},
        {"recolor": {"color": "#ffffff", "mode": "tint"}},
        "recolor.mode",
    ),
    _steps({"thickness": 1}, {"thickness": 1.5}, "thickness.amount"),
    _steps({"smooth": 3}, {"smooth": 4}, "smooth.strength"),
    _steps(
        {"smooth": {"strength": 3, "algorithm": "gaussian"}},
        {"smooth": {"strength": 3, "algorithm": "contour"}},
        "smooth.algorithm",
    ),
    _steps({"remove-bg": 3}, {"remove-bg": 4}, "remove-bg.strength"),
    _steps({"crop": 10}, {"thickness": 10}, "crop"),
    Change("step.smart-remove-bg", (*CART, "steps"), [{"smart-remove-bg": True}], ICONLY, only=ICONLY),
]

_FILES = ("outputs", 0, "files")
_SPRITE: Document = {"file": "dist/s.png", "css": "dist/s.css", "json": "dist/s.json"}
_HTML: Document = {"file": "dist/index.html"}


def _shared(kind: str, field: str, value: Json, reaches: tuple[str, ...] = BOTH) -> Change:
    table = _SPRITE if kind == "sprite" else _HTML
    setup = (*_DARK, (("themes", "light"), [{"crop": 5}]), (("outputs",), [{kind: table}]))
    return Change(f"output.{kind}.{field}", ("outputs", 0, kind, field), value, reaches, setup, icon="")


OUTPUT = [
    Change("output.files.dir", (*_FILES, "dir"), "elsewhere", NONE),
    Change("output.files.formats", (*_FILES, "formats"), ["webp"], BOTH),
    Change("output.files.sizes", (*_FILES, "sizes"), [25], BOTH),
    Change("output.files.scales", (*_FILES, "scales"), [2], BOTH),
    Change(
        "output.files.current-color",
        (*_FILES, "current-color"),
        True,
        LOCAL,
        (((*_FILES, "formats"), ["svg"]),),
        only=LOCAL,
    ),
    Change("output.files.path", (*_FILES, "path"), "{name}.{format}", NONE),
    Change("output.files.themes", (*_FILES, "themes"), ["light"], BOTH, (*_DARK, (("themes", "light"), [{"crop": 5}]))),
    _shared("sprite", "file", "dist/s.webp"),
    _shared("sprite", "css", "dist/sub/s.css"),
    _shared("sprite", "json", "dist/sub/s.json"),
    _shared("sprite", "size", 65),
    _shared("sprite", "scales", [2]),
    _shared("sprite", "columns", 1),
    _shared("sprite", "padding", 3),
    _shared("sprite", "prefix", "i"),
    _shared("sprite", "themes", ["light"]),
    _shared("html", "file", "dist/other.html", NONE),
    _shared("html", "title", "Ours"),
    _shared("html", "sizes", [16]),
    *(
        Change(
            f"output.library.{field}",
            ("outputs", 0, "library", field),
            value,
            reaches,
            (
                *_DARK,
                (("themes", "light"), [{"crop": 5}]),
                (("outputs",), [{"library": {"file": "dist/library.html"}}]),
            ),
            icon="",
            only=ICONLY,
        )
        for field, value, reaches in (
            ("file", "l.html", NONE),
            ("name", "a-{icon}", ICONLY),
            ("theme", "light", ICONLY),
        )
    ),
]

CHANGES = [*ICON, *DEFAULTS, *TEMPLATE, *TOP, *STEP, *OUTPUT]
