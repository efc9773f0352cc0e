"""Templates that an account is to have: a table of the scenario becomes the settings that each brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from iconbuild.model.manifest import Look
from iconbuild.model.values import Json
from iconbuild.providers.tariff import Tariff
from iconbuild.sandbox.bodies import HEX
from iconbuild.sandbox.flags import check_flags

_FIELDS = ("name", "style", "preset", "color", "flags", "tokens")


class Template(NamedTuple):
    """Saved settings. `tokens` is what every request with it costs; None: the sum of its settings by the tariff."""

    name: str
    look: Look
    color: str | None
    flags: tuple[str, ...]
    canvas: int
    tokens: int | None


def read_templates(data: Json, tariff: Tariff) -> dict[str, Template]:
    """Templates by their UUID from `{uuid: {name, style or preset, color, flags, tokens}}`; raises ValueError."""
    if not isinstance(data, Mapping):
        raise ValueError("`templates` is a table of tables by UUID")
    return {str(UUID(number)): _template(number, table, tariff) for number, table in data.items()}


def _template(number: str, table: Json, tariff: Tariff) -> Template:
    if not isinstance(table, Mapping) or set(table) - set(_FIELDS):
        raise ValueError(f"template {number} is a table with {', '.join(_FIELDS)}")
    flags, tokens, color = table.get("flags", []), table.get("tokens"), table.get("color")
    if not isinstance(flags, (list, tuple)) or not all(isinstance(flag, str) for flag in flags):
        raise ValueError(f"template {number}: `flags` is a list of texts")
    check_flags([str(flag) for flag in flags])
    if color is not None and (not isinstance(color, str) or not HEX.fullmatch(color)):
        raise ValueError(f"template {number}: `color` is a hex colour")
    if tokens is not None and (not isinstance(tokens, int) or isinstance(tokens, bool) or tokens < 0):
        raise ValueError(f"template {number}: `tokens` is a whole number")
    preset, style = str(table.get("preset", "")), str(table.get("style", "line"))
    if preset not in ("", *tariff.presets) or style not in tariff.styles:
        raise ValueError(f"template {number}: there is no such style or preset")
    terms = tariff.presets.get(preset)
    own = (*(terms.flags or ()), *map(str, flags)) if terms else tuple(map(str, flags))
    return Template(
        str(table.get("name", number)),
        Look("preset", preset) if preset else Look("style", style),
        None if color is None or preset else color.lower(),
        tuple(dict.fromkeys(own)),
        (terms.canvas if terms else None) or 512,
        tokens,
    )
