"""What all requests of one sandbox share: its settings, its records, its scenario and who draws."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from iconbuild.model.values import Json
from iconbuild.providers.tariff import Tariff, load_tariff
from iconbuild.sandbox.books import PLANS, Books, Funds
from iconbuild.sandbox.database import IN_MEMORY, forget_all, open_database
from iconbuild.sandbox.easel import Easel
from iconbuild.sandbox.faults import Scenario, read_rules
from iconbuild.sandbox.shelf import Shelf
from iconbuild.sandbox.templates import Template, read_templates
from iconbuild.sandbox.visits import Visits


class Settings(NamedTuple):
    """How a sandbox is to be: the plan and tokens that an account begins with, seconds of `latency` of a generation
    and of the rate `window`, the database's path, and the scenario as data."""

    plan: str = "pro"
    tokens: int | None = None
    bonus: int = 0
    latency: float = 0.0
    window: float = 60.0
    database: str = IN_MEMORY
    scenario: Json = None


class House:
    """One sandbox. Raises ValueError for a scenario that makes no sense, StoreError for a bad database."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tariff: Tariff = load_tariff("iconly")
        self.scenario, self.templates = Scenario(), dict[str, Template]()
        self.rehearse(settings.scenario)
        self._database = open_database(settings.database)
        tokens = PLANS[settings.plan].tokens if settings.tokens is None else settings.tokens
        self.books = Books(self._database, Funds(settings.plan, tokens, settings.bonus, tokens))
        self.visits, self.shelf = Visits(self._database), Shelf(self._database)
        self.easel = Easel()
        self._open: set[asyncio.Future[None]] = set()

    def rehearse(self, data: Json) -> None:
        """Follow another scenario: a list of rules, or `{rules, templates}`; templates stay unless they are named."""
        if data is None:
            data = []
        table: Mapping[str, Json] = data if isinstance(data, Mapping) else {"rules": data}
        if set(table) - {"rules", "templates"}:
            raise ValueError("a scenario has `rules` and `templates`")
        rules = read_rules(table.get("rules", []))
        if "templates" in table:
            self.templates = read_templates(table["templates"], self.tariff)
        self.scenario = Scenario(rules)

    def reset(self) -> None:
        """Everything as it was in the beginning."""
        forget_all(self._database)
        self.templates = {}
        self.rehearse(self.settings.scenario)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    @contextmanager
    def undecided(self) -> Iterator[asyncio.Future[None]]:
        """A request until it is known whether it is charged; whoever knows earlier finishes the future."""
        decision = asyncio.get_running_loop().create_future()
        self._open.add(decision)
        decision.add_done_callback(self._open.discard)
        try:
            yield decision
        finally:
            if not decision.done():
                decision.set_result(None)

    async def decided(self) -> None:
        """Return when of all requests that have come by now it is known whether they are charged."""
        if self._open:
            await asyncio.wait(list(self._open))
