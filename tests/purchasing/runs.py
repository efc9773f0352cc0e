"""One run of the program in a world, with a clock that nobody waits for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from iconbuild.model.money import Quote
from iconbuild.model.ports import Limit
from iconbuild.model.work import Action
from iconbuild.purchasing.counter import Counter, Patience
from iconbuild.purchasing.desk import Desk
from iconbuild.purchasing.pause import Pause
from iconbuild.purchasing.recovery import Recovery, recover
from tests.builders import Memory
from tests.purchasing.shop import PRICE, Accident, Seller, Server, World
from tests.purchasing.stores import Bench, Book, Shelf, Tray

HOME = "/project/.iconbuild/originals"


class Nap(Pause):
    """Sleeps by moving the clock of a world."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Time passes; nobody waits."""
        self.check()
        self.slept.append(seconds)
        self._world.now += seconds
        self.check()


class Run:
    """One run of the program in a world."""

    def __init__(
        self,
        world: World,
        *actions: Action,
        accident: Accident | None = None,
        price: Quote | None = None,
        budget: int | None = None,
        limit: Limit | None = None,
        retry_unknown: bool = False,
        buy_lost: bool = False,
        folder: str = HOME,
    ) -> None:
        self.world, self.accident = world, accident or Accident()
        self.cache, self.pause = Memory(), Nap(world)
        self.tray, self.book = Tray(world, self.accident), Book(world, self.accident)
        self.shelf = self.shelf_at(folder)
        quote = price or Quote("token", Decimal(PRICE), "estimate")
        self.counter = Counter(
            remote=Seller(),
            wire=Server(world, self.accident),
            account="me",
            ledger=self.book,
            turns=Bench(world),
            spool=self.tray,
            originals=self.shelf,
            folder=folder,
            elsewhere=self.shelf_at,
            cache=self.cache,  # type: ignore[arg-type]
            project="/project/icons.yaml",
            limit=lambda pool: limit,
            prices={action.key: quote for action in actions},
            budget=None if budget is None else Decimal(budget),
            pause=self.pause,
            alone=_alone,
            patience=Patience(limited=600.0, rival=2.0, tick=0.5),
            retry_unknown=retry_unknown,
            buy_lost=buy_lost,
        )
        self.desk = Desk(self.counter)

    def shelf_at(self, folder: str) -> Shelf:
        """The originals in a folder."""
        found = self.world.kept.setdefault(folder, Shelf())
        found.accident = self.accident
        return found

    def recover(self) -> list[str]:
        """Finish what earlier runs left."""
        return recover(Recovery(self.book, self.tray, lambda name: Seller(), self.shelf_at))

    def end(self) -> None:
        """The process is gone."""
        self.world.alive.clear()


@contextmanager
def _alone() -> Iterator[None]:
    yield
