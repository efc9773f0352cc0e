"""The protocols of paid work: who sends, who remembers what was ordered, who keeps what was bought."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, TypeAlias

from iconbuild.model.artifact import Artifact, Payload
from iconbuild.model.ports import Limit
from iconbuild.model.purchase import (
    Attempt,
    Balance,
    Claim,
    Judgement,
    Message,
    Order,
    Reading,
    Reply,
    Settlement,
    Sink,
    Turn,
)
from iconbuild.model.values import ActionKey, Digest
from iconbuild.model.work import Action

if TYPE_CHECKING:
    pass

Call: TypeAlias = Callable[[Message, str], Reply]
"""One free call within its limit: a message and its pool become the answer.

Raises NotSentError or BrokenOffError after as many tries as a free call is worth; what may not be sent twice passes
pool `upload` and is sent once.
"""


class Remote(Protocol):
    """The wire side of a provider; pure: what is sent, and what an answer means."""

    @property
    def name(self) -> str: ...

    def message(self, action: Action, inputs: Sequence[Payload]) -> Message:
        """The request for a Generate or Delegate action; raises PictureError for an input that cannot be sent."""
        ...

    def judge(self, task: str, reply: Reply) -> Judgement:
        """What an answer to a task means; never raises."""
        ...

    def save(self, action: Action, inputs: Sequence[Payload], call: Call, superseded: str = "") -> Payload:
        """Save a picture to the library unless it is there: JSON with `slug`, `css_class`, `icon_id` and `url`.

        `superseded` is the `icon_id` of an earlier picture of the same icon, which is not the one that is meant.
        """
        ...

    def balance_message(self) -> Message:
        """The request that asks for the balance."""
        ...

    def balance(self, reply: Reply) -> Balance:
        """The balance that an answer tells; raises CredentialError or ProviderError where it tells none."""
        ...

    def ceiling(self, action: Action) -> Decimal:
        """The most that an action of open price can cost by the tariff."""
        ...


class Wire(Protocol):
    """One provider's host and key."""

    def send(self, message: Message, sink: Sink, *, sending: Callable[[], None], deadline: float) -> Reply:
        """Send once and take the whole answer into `sink`; `sending` is called just before the body's first byte.

        `deadline` are seconds for all of it. Raises NotSentError or BrokenOffError; OSError from `sink` and whatever
        `sending` raises pass through.
        """
        ...


class Ledger(Protocol):
    """Money: what was ordered, what became of it. Shared by all processes of the user; every change is durable.

    Every method raises StoreError for a ledger that is damaged or newer, FilesystemError where it cannot be written.
    """

    def claim(self, order: Order, *, budget: Decimal | None, retry_unknown: bool) -> Claim:
        """Reserve `order.worst` and write the intent, in one transaction, unless the key is bought, held or unknown.

        Raises BudgetError where that, with what the project has booked already, would exceed `budget`.
        """
        ...

    def sending(self, attempt: str) -> None:
        """intent -> sending."""
        ...

    def unsent(self, attempt: str) -> None:
        """sending or received -> intent: it is proved that it did not run, and it will be tried again."""
        ...

    def received(self, attempt: str) -> None:
        """sending -> received."""
        ...

    def settled(self, attempt: str, digest: Digest, remaining: Decimal | None) -> Settlement:
        """-> settled: book the price that the balance shows, or the planned one."""
        ...

    def void(self, attempt: str, note: str) -> None:
        """-> void: it is proved that nothing was charged."""
        ...

    def unknown(self, attempt: str, note: str) -> None:
        """-> unknown: booked at what was reserved."""
        ...

    def lost(self, attempt: str) -> None:
        """A bought picture's bytes are gone for good: it stays booked, and may be bought again."""
        ...

    def orphans(self) -> list[Attempt]:
        """Open attempts (intent, sending, received) of processes that are dead."""
        ...

    def standing(self, keys: Iterable[ActionKey]) -> Mapping[ActionKey, Attempt]:
        """The attempt that counts for each key: settled before unknown and not waived before open; void ones never."""
        ...

    def attempts(self, *, account: str | None = None, project: str | None = None) -> list[Attempt]:
        """All attempts, oldest first."""
        ...

    def spent(self, project: str) -> Decimal:
        """What the budget of a project counts: booked within the last day, reservations and unknowns included."""
        ...

    def read_balance(self, account: str, balance: Balance) -> None:
        """Keep a reading."""
        ...

    def readings(self, account: str) -> list[Reading]:
        """Readings of an account, oldest first."""
        ...


class Turns(Protocol):
    """One sliding log of sends per account and pool, shared by processes, surviving runs."""

    def take(self, account: str, pool: str, limit: Limit) -> Turn:
        """A place now, or how long to wait."""
        ...

    def sent(self, turn: Turn) -> None:
        """The request of a turn has left now: that is when the provider counts it."""
        ...

    def barrier(self, account: str, pool: str, seconds: float) -> None:
        """Nobody sends for so long."""
        ...


class Spool(Protocol):
    """Room on the disk for answers, reserved before anything is sent, kept until what they hold is kept."""

    def reserve(self, attempt: str) -> Sink:
        """A sink with room for the longest answer; raises FilesystemError, and then nothing may be sent."""
        ...

    def secure(self, attempt: str) -> None:
        """Make all that arrived survive a power cut; raises FilesystemError."""
        ...

    def reply(self, attempt: str) -> Reply | None:
        """What arrived, whole or not; None where no head did."""
        ...

    def path(self, attempt: str) -> str:
        """Where the raw answer lies."""
        ...

    def drop(self, attempt: str) -> None:
        """Forget an answer."""
        ...

    def left(self) -> list[str]:
        """The attempts of which something lies here."""
        ...


class Originals(Protocol):
    """What cost money, beside the manifest."""

    def prepare(self) -> None:
        """See that something can be kept, before it is paid for; raises FilesystemError."""
        ...

    def keep(self, key: ActionKey, recipe: str, payload: Payload) -> Artifact:
        """Keep bytes for good: durable, whole or not at all; raises FilesystemError."""
        ...

    def lookup(self, key: ActionKey) -> Artifact | None:
        """What was bought for a recipe, if its bytes are there."""
        ...

    def named(self, digest: Digest) -> Artifact | None:
        """The bytes of a digest, if a file of that name is here."""
        ...

    def read(self, artifact: Artifact) -> Payload:
        """The bytes, digest checked; raises StoreError, and removes nothing, where they are damaged."""
        ...
