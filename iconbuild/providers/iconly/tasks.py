"""A step's settings become the fields of Iconly's own endpoint, or a sentence that says why they cannot."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from iconbuild.model.values import Json, Params


class Endpoint(NamedTuple):
    """Where a step is done, and Iconly's names for its settings."""

    path: str
    fields: Mapping[str, str]


ENDPOINTS: Mapping[str, Endpoint] = MappingProxyType(
    {
        "crop": Endpoint("/crop-recenter/", {"percent": "crop_percent"}),
        "recolor": Endpoint("/recolor/", {"color": "color"}),
        "thickness": Endpoint("/adjust-thickness/", {"amount": "thickness"}),
        "smooth": Endpoint("/smooth-edges/", {"strength": "strength", "algorithm": "algorithm"}),
        "remove-bg": Endpoint("/remove-bg/", {"strength": "strength"}),
        "smart-remove-bg": Endpoint("/smart-remove-bg/", {}),
    }
)
"""By the names of steps; the names of settings are those that the steps' `bind` gives."""


def check_task(name: str, params: Params) -> str:
    """Why Iconly cannot do a step with these settings, a sentence; "" where it can."""
    endpoint = ENDPOINTS.get(name)
    if endpoint is None:
        return f"Iconly has no step `{name}`"
    if params.get("mode", "solid") != "solid":
        return f"Iconly's `{name}` has no mode `{params['mode']}`: it paints in one colour"
    for field in endpoint.fields:
        value = params[field]
        if isinstance(value, float):
            return f"Iconly's `{name}` is documented for whole numbers only, not {value}"
    return ""


def task_fields(name: str, params: Params) -> dict[str, Json]:
    """The request's fields beside the picture, for settings that `check_task` has nothing against."""
    return {wire: params[field] for field, wire in ENDPOINTS[name].fields.items()}
