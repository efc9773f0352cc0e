"""Prices and limits as dated data become quotes; nothing about money is written in code."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from iconbuild.model.money import FREE, Bound, Quote, Unit
from iconbuild.model.ports import Limit, Task

_FOLDER = os.path.join(os.path.dirname(__file__), "tariffs")


class PresetTerms(NamedTuple):
    """What a preset brings with it; `flags` and `canvas` (px) are None where the provider does not say."""

    title: str
    flags: tuple[str, ...] | None
    canvas: int | None


class Tariff(NamedTuple):
    """One provider's prices at `date` (YYYY-MM), per generation, and its limits per pool."""

    provider: str
    unit: Unit
    date: str
    base: Mapping[str, Decimal]
    flags: Mapping[str, Decimal]
    unpriced: tuple[str, ...]
    large_above: int
    large: Decimal
    styles: tuple[str, ...]
    presets: Mapping[str, PresetTerms]
    limits: Mapping[str, Limit]
    tasks: Mapping[str, Task]
    """What else it does, by the names of steps and `library`."""
    most: Mapping[str, Decimal]
    """The most that one picture can cost, by model."""

    def price(self, *, model: str, flags: Collection[str], canvas: int | None, complete: bool) -> Quote:
        """The sum for one picture; a lower bound where a part has no known price or `complete` is False."""
        free = self.base[model] == 0 and not self.flags
        bound: Bound = "exact" if free else "estimate"
        amount = self.base[model]
        for flag in flags:
            amount += self.flags.get(flag, Decimal(0))
        if canvas is not None and canvas > self.large_above:
            amount += self.large
        if not complete or any(flag.startswith(self.unpriced) for flag in flags):
            bound = "lower"
        return Quote(self.unit, amount, bound)


@cache
def load_tariff(provider: str) -> Tariff:
    """The tariff of a built-in provider."""
    with open(os.path.join(_FOLDER, f"{provider}.json"), encoding="utf-8") as file:
        data = json.load(file)
    large = data.get("large_canvas", {})
    return Tariff(
        provider=data["provider"],
        unit=data["unit"],
        date=data["date"],
        base=_amounts(data["base"]),
        flags=_amounts(data["flags"]),
        unpriced=tuple(data.get("flags_of_unknown_price", ())),
        large_above=large.get("above", 1 << 30),
        large=Decimal(large.get("tokens", 0)),
        styles=tuple(data.get("styles", ())),
        presets={slug: _terms(slug, terms) for slug, terms in data["presets"].items()},
        limits={
            pool: Limit(limit["calls"], float(limit["window"]), float(limit["latency"]))
            for pool, limit in data["limits"].items()
        },
        tasks={name: _task(data["unit"], task) for name, task in data.get("tasks", {}).items()},
        most=_amounts(data.get("most", {})),
    )


def _amounts(data: Mapping[str, int]) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in data.items()}


def _task(unit: Unit, data: Mapping[str, Any]) -> Task:
    tokens = Decimal(data["tokens"])
    return Task(data["pool"], Quote(unit, tokens, "estimate") if tokens else FREE, 1)


def _terms(slug: str, data: Mapping[str, object]) -> PresetTerms:
    flags, canvas = data.get("flags"), data.get("canvas")
    return PresetTerms(
        str(data.get("title", slug)),
        tuple(str(flag) for flag in flags) if isinstance(flags, list) else None,
        canvas if isinstance(canvas, int) else None,
    )
