"""`iconbuild presets`: what the providers can draw, and what it costs."""

from __future__ import annotations

import argparse

from iconbuild.cli.speak import say_json
from iconbuild.model.ports import Limit
from iconbuild.providers.iconly.provider import IconlyProvider
from iconbuild.report.numbers import price
from iconbuild.report.text import table
from iconbuild.store.places import cache_dir
from iconbuild.toolbox import local_engine


def configure(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace) -> int:
    """Print styles and presets of every provider."""
    engine, iconly = local_engine(cache_dir()), IconlyProvider()
    rows = [("local", "style", name, "0", text) for name, text in engine.styles().items()]
    rows += [("local", "preset", name, "0", text) for name, text in engine.presets().items()]
    tariff = iconly.tariff
    rows += [("iconly", "style", name, price(iconly.price(style=name)), "") for name in tariff.styles]
    rows += [
        ("iconly", "preset", name, price(iconly.price(preset=name)), tariff.presets[name].title)
        for name in tariff.presets
    ]
    if options.format == "json":
        keys = ("provider", "kind", "name", "tokens", "about")
        say_json(
            {
                "command": "presets",
                "presets": [dict(zip(keys, row, strict=True)) for row in rows],
                "tariffs": {"iconly": tariff.date},
                "limits": {"iconly": {pool: _limit(limit) for pool, limit in tariff.limits.items()}},
            }
        )
        return 0
    print("\n".join(table(("provider", "kind", "name", "tokens", "about"), rows, right=3)))
    print(
        f"\ntokens per picture without a reference, by the tariff of {tariff.date}; `iconbuild plan` sums a whole set"
    )
    return 0


def _limit(limit: Limit) -> dict[str, object]:
    return {"calls": limit.calls, "window_seconds": limit.window}
