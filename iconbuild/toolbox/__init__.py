"""Picks the concrete tools: the one module that names a provider, a step, an output or a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from iconbuild.model.ports import Provider, Toolbox, Vocabulary
from iconbuild.model.session import Workplace
from iconbuild.model.till import Till
from iconbuild.outputs.registry import OUTPUTS
from iconbuild.providers.local.provider import LocalProvider
from iconbuild.steps.registry import STEPS
from iconbuild.store.cache import Cache
from iconbuild.store.places import cache_dir, project_dir
from iconbuild.store.verdicts import KnownVerdicts, ReadOnlyVerdicts

if TYPE_CHECKING:
    from iconbuild.toolbox.till import PaidTill

COMPARED = "iconly"
"""What a free set would cost elsewhere is told by this provider's tariff."""


def local_engine(cache: str | None) -> LocalProvider:
    """The embedded engine with its index kept in the cache; None: in memory only."""
    return LocalProvider(os.path.join(cache, "packs") if cache else None)


def _iconly(cache: str | None) -> Provider:
    from iconbuild.providers.iconly.provider import IconlyProvider

    del cache
    return IconlyProvider()


PROVIDERS: dict[str, Callable[[str | None], Provider]] = {"local": local_engine, "iconly": _iconly}
"""Who can draw, by the manifest's names; each is given the cache folder."""


PAID = frozenset({"iconly"})
"""Those of them that cost money."""


class _OnDemand(Mapping[str, Provider]):
    """The built-in providers, each made when it is first asked for: most builds need one of them."""

    def __init__(self, cache: str | None) -> None:
        self._cache = cache
        self._made: dict[str, Provider] = {}

    def __getitem__(self, name: str) -> Provider:
        if name not in self._made:
            self._made[name] = PROVIDERS[name](self._cache)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in PROVIDERS

    def __iter__(self) -> Iterator[str]:
        return iter(PROVIDERS)

    def __len__(self) -> int:
        return len(PROVIDERS)


def _witnesses() -> tuple[str, ...]:
    """What pictures depend on outside a project: the artwork's version, and the code that carries versions."""
    tools = [*STEPS.values(), *OUTPUTS.values()]
    versioned = ["iconbuild.model.work", "iconbuild.providers.local.request"]
    modules = dict.fromkeys([*versioned, *(type(tool).__module__ for tool in tools)])
    files = (sys.modules[name].__file__ for name in modules)
    return (*local_engine(None).witnesses, *(file for file in files if file))


def workplace(providers: Mapping[str, Provider] | None = None, *, remember: bool = True) -> Workplace:
    """The tools of one run; `providers` replaces the built-in ones, `remember` False keeps no verdicts on disk."""
    folder = cache_dir()
    cache = Cache(folder)
    if remember:
        cache.prepare()
    chosen = providers or _OnDemand(folder if remember else None)
    vocabulary = Vocabulary(STEPS, OUTPUTS, frozenset(chosen))
    return Workplace(
        tools=Toolbox(vocabulary, chosen, cache),
        project=lambda manifest, out_dir: project_dir(folder, manifest, out_dir),
        recall=cache.recipe,
        witnesses=_witnesses() if remember else (),
        verdicts=KnownVerdicts(folder) if remember else ReadOnlyVerdicts(folder),
        compare=COMPARED if COMPARED in chosen else None,
        till=lambda provider: _till(provider, cache),
    )


def money() -> PaidTill:
    """The money of this user: the ledger, and desks with keys."""
    from iconbuild.toolbox.till import PaidTill

    return PaidTill(Cache(cache_dir()))


def _till(provider: str, cache: Cache) -> Till | None:
    if provider not in PAID:
        return None
    from iconbuild.toolbox.till import PaidTill

    return PaidTill(cache)
