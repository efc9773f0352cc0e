"""A manifest and its prices become the set as outputs describe it: names, subjects, looks, and prices as words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iconbuild.model.manifest import IconSpec, Manifest
from iconbuild.model.money import CostEstimate, Quote, total
from iconbuild.model.ports import Provider
from iconbuild.model.publishing import IconSet, SetIcon
from iconbuild.model.work import PlannedIcon
from iconbuild.planner.remote import task_of

_DETAIL = "detail-"


def icon_set(manifest: Manifest, provider: Provider, icons: tuple[PlannedIcon, ...], other: Provider | None) -> IconSet:
    """The set; `icons` are those that can be planned, `other` the provider that prices are compared with."""
    prices = {icon.name: icon.elsewhere for icon in icons if icon.elsewhere}
    notes = [f"provider: {provider.name}"]
    own = total([*{icon.source: icon.quote for icon in icons}.values(), *_step_prices(manifest, provider, icons)])
    if own.token or own.usd or own.unknown:
        notes.append(f"cost: {price_words(own.token, own.unknown)}")
    sum_elsewhere = elsewhere(icons)
    if other and sum_elsewhere:
        notes.append(f"the same set at {other.name}: {price_words(sum_elsewhere.token, sum_elsewhere.unknown)}")
    return IconSet(
        manifest.name,
        tuple(_set_icon(icon, prices.get(icon.name), other) for icon in manifest.icons),
        tuple(theme.name for theme in manifest.themes),
        tuple(notes),
    )


def _step_prices(manifest: Manifest, provider: Provider, icons: tuple[PlannedIcon, ...]) -> Iterator[Quote]:
    """The prices of the steps at the provider; what equal pictures begin with is paid once, as all shared work is."""
    remote = manifest.steps_on == "provider"
    sources = {icon.name: icon.source for icon in icons}
    seen = set()
    for icon in manifest.icons:
        for theme in manifest.themes:
            steps = (*icon.steps, *theme.steps)
            for place, step in enumerate(steps):
                task = task_of(step, provider, remote=remote)
                begun = (sources.get(icon.name), steps[: place + 1])
                if task and begun not in seen:
                    seen.add(begun)
                    yield task.quote


def _set_icon(icon: IconSpec, price: Quote | None, other: Provider | None) -> SetIcon:
    note = ""
    if price is not None and other is not None:
        amount = "unknown price" if price.amount is None else price_words(price.amount, 0)
        note = f"{amount} at {other.name}"
    if icon.source is not None:
        return SetIcon(icon.name, icon.source.path, note, colored=True)
    detail = next((flag.removeprefix(_DETAIL) for flag in icon.flags if flag.startswith(_DETAIL)), "none")
    colored = icon.look.kind == "preset" or "color" in icon.flags
    return SetIcon(icon.name, icon.subject or icon.name, note, icon.look.name, colored, detail)


def elsewhere(icons: Iterable[PlannedIcon]) -> CostEstimate | None:
    """What the set would cost at the compared provider, None without one; a shared picture is paid once."""
    prices = {icon.source: icon.elsewhere for icon in icons if icon.elsewhere}
    return total(prices.values()) if prices else None


def price_words(tokens: object, unknown: int) -> str:
    """`9 tokens`, and how many prices are missing from the sum."""
    words = f"{tokens} token" + ("" if str(tokens) == "1" else "s")
    return f"{words} + {unknown} of unknown price" if unknown else words
