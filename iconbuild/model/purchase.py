"""One paid call as values: what is ordered, what is sent, what came back, what it means, and what the ledger knows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol, TypeAlias

from iconbuild.errors import IconbuildError, StoreError
from iconbuild.model.artifact import Payload
from iconbuild.model.money import Unit
from iconbuild.model.values import ActionKey, Digest

GENERATE = "generate"
"""The task of drawing; the other tasks of a provider have the names of steps, and `library`."""
LIBRARY = "library"


class Message(NamedTuple):
    """One HTTP request as a provider wants it sent, without host and key. `path` is below the base address."""

    method: Literal["GET", "POST"]
    path: str
    body: bytes = b""
    """JSON in UTF-8; empty for GET."""


class Reply(NamedTuple):
    """A whole answer. `headers` are lower-case and only those that mean something to us."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Sink(Protocol):
    """Where an answer goes while it arrives: first its head, once, then its body piece by piece."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """The status and the headers that mean something to us."""
        ...

    def write(self, data: bytes) -> None:
        """The next piece of the body; raises OSError where it cannot be kept."""
        ...

    def reply(self) -> Reply:
        """All that arrived, as one value."""
        ...


class NotSentError(Exception):
    """Nothing of a body has left this machine: the name, the connection or TLS failed. May be tried again."""


class BrokenOffError(Exception):
    """The request may have run: it broke after the first byte of its body, or the answer was cut, slow or too long."""


class HaltedError(Exception):
    """The run was stopped before this was sent: it is neither done nor failed."""


class LostError(StoreError):
    """A picture that was paid for, and whose bytes are nowhere: it is not bought again unasked."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"the picture of `{label}` was bought and its bytes are gone; it is not bought again unasked",
            remedy="take .iconbuild/originals back from version control (git lfs pull?) or a backup; or "
            "`iconbuild build --buy-lost` buys it anew",
        )


class Delivered(NamedTuple):
    """The answer holds what was ordered; `remaining` is the account's balance after it, None where it is not told."""

    payload: Payload
    remaining: Decimal | None


class Refused(NamedTuple):
    """It did not run and costs nothing; the kind of error says whether it concerns one icon or all."""

    error: IconbuildError


class Limited(NamedTuple):
    """Too many calls: it did not run. `wait` are the seconds asked for, None where nothing sensible was said."""

    wait: float | None


class Unclear(NamedTuple):
    """It may have run and been charged. `stops` is an error that ends all paid work, such as a changed API."""

    why: str
    stops: IconbuildError | None = None


Judgement: TypeAlias = Delivered | Refused | Limited | Unclear

State = Literal["intent", "sending", "received", "settled", "unknown", "void"]
"""intent: reserved, nothing sent. sending: the first byte may have left. received: the whole answer is in the spool.
settled: paid and kept. unknown: nobody knows whether it was charged; counts as spent. void: proved not charged."""


class Order(NamedTuple):
    """Everything about a purchase that has to survive this process."""

    key: ActionKey
    label: str
    provider: str
    account: str
    """A name for the key at its address, from which nobody gets the key back."""
    task: str
    recipe: str
    """The canonical recipe, whose SHA-256 is `key`."""
    project: str
    """The absolute path of the manifest, whose budget counts."""
    originals: str
    """The absolute folder that keeps what is bought."""
    unit: Unit
    planned: Decimal | None
    """The price of the plan; None: unknown."""
    worst: Decimal
    """What is reserved: the planned price, or the tariff's ceiling where that is open."""


class Attempt(NamedTuple):
    """One line of the ledger."""

    id: str
    """12 random hex digits."""
    order: Order
    state: State
    spent: Decimal
    """What is booked: the observed or planned price once settled, the reservation while open or unknown, 0 if void."""
    price: Literal["observed", "planned", "unknown"]
    digest: Digest | None
    began: float
    """Seconds since the epoch."""
    ended: float | None
    note: str
    """Why it is unknown or void, for people; never text that drives a terminal, never a key."""
    waived: bool = False
    """An unknown outcome that somebody decided to buy again: it stays booked and blocks nothing."""


class Claimed(NamedTuple):
    """The purchase is ours: reserved and written down."""

    attempt: str


class Held(NamedTuple):
    """A live process is buying this very thing."""

    holder: str


class Bought(NamedTuple):
    """It has been bought: `digest` names the bytes, `originals` is the folder that was to keep them."""

    attempt: str
    digest: Digest
    originals: str


class Unresolved(NamedTuple):
    """An earlier attempt's outcome is unknown, and nobody has decided."""

    attempt: str


Claim: TypeAlias = Claimed | Held | Bought | Unresolved


class Balance(NamedTuple):
    """What an account holds, as its provider says; parts that make it up are shown and not added."""

    total: Decimal
    parts: Mapping[str, Decimal]
    unit: Unit = "token"


class Settlement(NamedTuple):
    """What a delivered answer was booked at, and what the account lost beyond all that is booked (0: nothing)."""

    spent: Decimal
    price: Literal["observed", "planned", "unknown"]
    over: Decimal


class Reading(NamedTuple):
    """A balance as it was told at a time (seconds since the epoch)."""

    at: float
    total: Decimal


class Turn(NamedTuple):
    """A place in the log of sends, or (`wait` > 0) the seconds after which to ask again."""

    wait: float
    id: int = 0
