"""A ledger, turns, a spool and originals in memory: they keep the promises of the protocols and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

from iconbuild.errors import BudgetError, FilesystemError, StoreError
from iconbuild.model.artifact import Artifact, Payload
from iconbuild.model.ports import Limit
from iconbuild.model.purchase import (
    Attempt,
    Balance,
    Bought,
    Claim,
    Claimed,
    Held,
    Order,
    Reading,
    Reply,
    Settlement,
    Sink,
    State,
    Turn,
    Unresolved,
)
from iconbuild.model.values import ActionKey, Digest
from iconbuild.purchasing.free import Arriving
from tests.builders import Memory
from tests.purchasing.shop import Accident, World

OPEN: tuple[State, ...] = ("intent", "sending", "received")


class Book:
    """A Ledger of one run."""

    def __init__(self, world: World, accident: Accident) -> None:
        self._world, self._accident = world, accident
        world.started += 1
        self._run = world.started
        world.alive.add(self._run)

    def claim(self, order: Order, *, budget: Decimal | None, retry_unknown: bool) -> Claim:
        """Reserve, unless the key is bought, held or unknown."""
        self._accident.near()
        attempts = [each for each in self._world.attempts.values() if each.order.key == order.key]
        for each in attempts:
            if each.state == "settled" and not each.waived:
                assert each.digest
                return Bought(each.id, each.digest, each.order.originals)
            if each.state in OPEN and self._world.runs[each.id] in self._world.alive:
                return Held("process 7")
            if each.state in ("sending", "received"):
                self._world.attempts[each.id] = each._replace(state="unknown")
                return Unresolved(each.id)
            if each.state == "unknown" and not each.waived:
                if not retry_unknown:
                    return Unresolved(each.id)
                self._world.attempts[each.id] = each._replace(waived=True)
        if budget is not None and self.spent(order.project) + order.worst > budget:
            raise BudgetError("over the budget")
        identity = sha256(str(len(self._world.attempts)).encode()).hexdigest()[:12]
        made = Attempt(identity, order, "intent", order.worst, "planned", None, self._world.now, None, "")
        self._world.attempts[identity] = made
        self._world.runs[identity] = self._run
        self._accident.near()
        return Claimed(identity)

    def _go(self, attempt: str, to: State, *, before: Sequence[State], **changes: object) -> None:
        self._accident.near()
        found = self._world.attempts[attempt]
        if found.state not in before:
            raise StoreError(f"from {found.state} to {to}")
        self._world.attempts[attempt] = found._replace(state=to, **changes)  # type: ignore[arg-type]
        self._accident.near()

    def sending(self, attempt: str) -> None:
        """intent -> sending."""
        self._go(attempt, "sending", before=["intent"])

    def unsent(self, attempt: str) -> None:
        """sending or received -> intent."""
        self._go(attempt, "intent", before=["sending", "received"])

    def received(self, attempt: str) -> None:
        """sending -> received."""
        self._go(attempt, "received", before=["sending"])

    def settled(self, attempt: str, digest: Digest, remaining: Decimal | None) -> Settlement:
        """-> settled, at what the last two balances are apart."""
        found = self._world.attempts[attempt]
        price = found.order.planned or found.order.worst
        seen = "planned"
        before = self._world.readings[-1].total if self._world.readings else None
        if remaining is not None and before is not None and before > remaining:
            price, seen = before - remaining, "observed"
        self._go(
            attempt,
            "settled",
            before=["sending", "received", "unknown"],
            spent=price,
            price=seen,
            digest=digest,
            ended=self._world.now,
        )
        if remaining is not None:
            self._world.readings.append(Reading(self._world.now, remaining))
        return Settlement(price, seen, max(Decimal(0), price - (found.order.planned or price)))  # type: ignore[arg-type]

    def void(self, attempt: str, note: str) -> None:
        """-> void."""
        self._go(attempt, "void", before=[*OPEN, "unknown"], spent=Decimal(0), note=note, ended=self._world.now)

    def unknown(self, attempt: str, note: str) -> None:
        """-> unknown."""
        self._go(attempt, "unknown", before=["sending", "received"], note=note, ended=self._world.now)

    def lost(self, attempt: str) -> None:
        """It may be bought again."""
        self._world.attempts[attempt] = self._world.attempts[attempt]._replace(waived=True)

    def orphans(self) -> list[Attempt]:
        """Open attempts of other runs that are over."""
        over = [each for each in self._world.attempts.values() if self._world.runs[each.id] not in self._world.alive]
        return [each for each in over if each.state in OPEN]

    def standing(self, keys: Iterable[ActionKey]) -> Mapping[ActionKey, Attempt]:
        """What counts for each key."""
        return {each.order.key: each for each in self._world.attempts.values() if each.order.key in set(keys)}

    def attempts(self, *, account: str | None = None, project: str | None = None) -> list[Attempt]:
        """All, or those of an account or a project."""
        found = list(self._world.attempts.values())
        found = [each for each in found if account in (None, each.order.account)]
        return [each for each in found if project in (None, each.order.project)]

    def spent(self, project: str) -> Decimal:
        """Everything that is booked."""
        return sum((each.spent for each in self.attempts(project=project)), Decimal(0))

    def read_balance(self, account: str, balance: Balance) -> None:
        """Keep a reading."""
        self._world.readings.append(Reading(self._world.now, balance.total))

    def readings(self, account: str) -> list[Reading]:
        """All of them."""
        return list(self._world.readings)


class Bench:
    """Turns of a world: so many sends in a window, by its own clock."""

    def __init__(self, world: World) -> None:
        self._world = world

    def take(self, account: str, pool: str, limit: Limit) -> Turn:
        """A place, or the seconds until there is one."""
        world = self._world
        behind = world.barriers.get(pool, 0.0) - world.now
        if behind > 0:
            return Turn(behind)
        recent = [at for kind, at in world.sends if kind == pool and world.now - at < limit.window]
        if len(recent) >= limit.calls:
            return Turn(recent[0] + limit.window - world.now)
        world.sends.append((pool, world.now))
        return Turn(0.0, len(world.sends))

    def sent(self, turn: Turn) -> None:
        """Its place is now."""
        pool, _ = self._world.sends[turn.id - 1]
        self._world.sends[turn.id - 1] = (pool, self._world.now)

    def barrier(self, account: str, pool: str, seconds: float) -> None:
        """Nobody sends for so long."""
        self._world.barriers[pool] = self._world.now + seconds


class Tray:
    """A Spool in memory; `room` False is a full disk."""

    def __init__(self, world: World, accident: Accident, *, room: bool = True) -> None:
        self._world, self._accident, self.room = world, accident, room

    def reserve(self, attempt: str) -> Sink:
        """An empty answer."""
        self._accident.near()
        if not self.room:
            raise FilesystemError("no room for the answer; nothing was sent or spent")
        self._world.spooled[attempt] = Arriving()
        return self._world.spooled[attempt]

    def secure(self, attempt: str) -> None:
        """It is as durable as it gets."""
        self._accident.near()

    def reply(self, attempt: str) -> Reply | None:
        """What arrived; None before its head."""
        found = self._world.spooled.get(attempt)
        return found.reply() if found and found.reply().status else None

    def path(self, attempt: str) -> str:
        """A name."""
        return f"spool/{attempt}"

    def drop(self, attempt: str) -> None:
        """Forget it."""
        self._accident.near()
        self._world.spooled.pop(attempt, None)
        self._accident.near()

    def left(self) -> list[str]:
        """Whose answers are here."""
        return list(self._world.spooled)


class Shelf(Memory):
    """Originals in memory; `room` False is a full disk, `writable` False a folder of somebody else's."""

    def __init__(self, accident: Accident | None = None) -> None:
        super().__init__()
        self.accident, self.room, self.writable = accident or Accident(), True, True

    def prepare(self) -> None:
        """Whether there is a folder that can be written."""
        if not self.writable:
            raise FilesystemError("the folder of originals cannot be written; nothing was spent")

    def keep(self, key: ActionKey, recipe: str, payload: Payload) -> Artifact:
        """Keep the bytes."""
        self.accident.near()
        if not self.room:
            raise FilesystemError("no room for the original")
        digest = Digest(sha256(payload.data).hexdigest())
        self.payloads[digest] = payload
        self.artifacts[key] = Artifact(digest, payload.media, len(payload.data))
        self.accident.near()
        return self.artifacts[key]

    def named(self, digest: Digest) -> Artifact | None:
        """The bytes of a digest."""
        found = self.payloads.get(digest)
        return Artifact(digest, found.media, len(found.data)) if found else None

    def read(self, artifact: Artifact) -> Payload:
        """The bytes; StoreError where they are gone."""
        if artifact.digest not in self.payloads:
            raise StoreError("the bytes are gone")
        return self.payloads[artifact.digest]
