"""A server that charges, and the world around it: what outlives a run, and the accident that ends one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from iconbuild.errors import BudgetError, CredentialError, IconbuildError, ProviderError, WorkError
from iconbuild.model.artifact import WEBP, Payload
from iconbuild.model.purchase import (
    Attempt,
    Balance,
    BrokenOffError,
    Delivered,
    Judgement,
    Limited,
    Message,
    NotSentError,
    Reading,
    Refused,
    Reply,
    Sink,
    Unclear,
)
from iconbuild.model.trade import Call
from iconbuild.model.values import Params
from iconbuild.model.work import Action, Delegate, Generate
from iconbuild.purchasing.free import Arriving

if TYPE_CHECKING:
    from tests.purchasing.stores import Shelf

PRICE = 6
"""Tokens of a picture."""


def drawing(subject: str, pool: str = "generation") -> Action:
    """A picture to be bought."""
    return Action(Generate("shop", Params({"subject": subject})), (), subject, pool)


def task(name: str, pool: str = "processing") -> Action:
    """Something else that the provider does."""
    return Action(Delegate("shop", name, 1, Params({"subject": name})), (), f"house: {name}", pool)


class PowerCutError(BaseException):
    """This run is over: nothing catches it."""


class Accident:
    """Counts calls, and cuts the power at the one that it was set to."""

    def __init__(self, at: int | None = None) -> None:
        self._at, self.calls = at, 0

    def near(self) -> None:
        """Before and after each call that could be the last."""
        self.calls += 1
        if self.calls == self._at:
            raise PowerCutError


@dataclass
class Answer:
    """What the server does with one request; what is not scripted is sold."""

    status: int = 200
    charges: bool = True
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    unreachable: bool = False
    late: bool = False
    """The time of the call is over before its first byte leaves."""
    cut: int | None = None
    """The connection breaks after so many bytes of the body."""


@dataclass
class World:
    """What outlives a run: the server with its true list of charges, and the disk."""

    now: float = 1_000_000.0
    started: int = 0
    tokens: int = 2500
    charges: list[str] = field(default_factory=list)
    script: list[Answer] = field(default_factory=list)
    requests: list[Message] = field(default_factory=list)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)
    alive: set[int] = field(default_factory=set)
    readings: list[Reading] = field(default_factory=list)
    spooled: dict[str, Arriving] = field(default_factory=dict)
    kept: dict[str, Shelf] = field(default_factory=dict)
    sends: list[tuple[str, float]] = field(default_factory=list)
    barriers: dict[str, float] = field(default_factory=dict)

    def sell(self, message: Message, answer: Answer) -> bytes:
        """The body of an answer, and a line in the list of charges."""
        self.requests.append(message)
        subject = json.loads(message.body)["subject"] if message.body else ""
        if message.method == "POST" and message.path == "/draw/" and answer.charges:
            self.charges.append(subject)
            self.tokens -= PRICE
        if answer.body is not None:
            return answer.body
        if message.method == "GET":
            return json.dumps({"total": self.tokens}).encode()
        return json.dumps({"picture": f"picture of {subject}", "remaining": self.tokens}).encode()


class Server:
    """A Wire to the server of a world."""

    def __init__(self, world: World, accident: Accident) -> None:
        self._world, self._accident = world, accident

    def send(self, message: Message, sink: Sink, *, sending: Callable[[], None], deadline: float) -> Reply:
        """Do what the script says, or sell."""
        answer = self._world.script.pop(0) if self._world.script else Answer()
        self._accident.near()
        if answer.unreachable:
            raise NotSentError("nobody is there")
        sending()
        self._accident.near()
        if answer.late:
            raise NotSentError("no whole answer in time")
        body = self._world.sell(message, answer)
        self._accident.near()
        sink.head(answer.status, answer.headers)
        for start in range(0, len(body), 16):
            if answer.cut is not None and start >= answer.cut:
                raise BrokenOffError("the answer was cut")
            sink.write(body[start : start + 16])
            self._accident.near()
        return sink.reply()


class Seller:
    """The Remote of that server: JSON with a picture in words and the tokens that remain."""

    name = "shop"

    def message(self, action: Action, inputs: Sequence[Payload]) -> Message:
        """Everything that is drawn is paid at `/draw/`."""
        assert isinstance(action.work, (Generate, Delegate))
        params = action.work.request if isinstance(action.work, Generate) else action.work.params
        path = "/draw/" if isinstance(action.work, Generate) else f"/{action.work.task}/"
        return Message("POST", path, json.dumps({"subject": params["subject"]}).encode())

    def judge(self, task: str, reply: Reply) -> Judgement:
        """By the status, then by whether the body is whole."""
        refusals: dict[int, IconbuildError] = {
            400: WorkError("the server does not like it"),
            401: CredentialError("the server does not know the key"),
            402: BudgetError("the account is empty"),
        }
        if reply.status in refusals:
            return Refused(refusals[reply.status])
        if reply.status == 429:
            asked = reply.headers.get("retry-after")
            return Limited(float(asked) if asked else None)
        if reply.status != 200:
            return Unclear(f"status {reply.status}")
        try:
            found = json.loads(reply.body)
        except ValueError:
            return Unclear("the answer is no whole JSON")
        if "picture" not in found:
            return Unclear("no picture", ProviderError("the API has changed"))
        return Delivered(Payload(found["picture"].encode(), WEBP), Decimal(found["remaining"]))

    def save(self, action: Action, inputs: Sequence[Payload], call: Call, superseded: str = "") -> Payload:
        """Ask what is there, then add."""
        call(Message("GET", "/list/"), "library")
        reply = call(self.message(action, inputs), "upload")
        return Payload(reply.body, WEBP)

    def balance_message(self) -> Message:
        """The question for the tokens."""
        return Message("GET", "/tokens/")

    def balance(self, reply: Reply) -> Balance:
        """What is left."""
        if reply.status != 200:
            raise CredentialError("the server does not know the key")
        return Balance(Decimal(json.loads(reply.body)["total"]), {})

    def ceiling(self, action: Action) -> Decimal:
        """The most that anything costs."""
        return Decimal(27)
