"""Paid builds by a virtual clock: the real executor, desk, ledger and limiter, and a server that is far away."""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from iconbuild.executor.execute import Job, execute
from iconbuild.model.ports import Limit
from iconbuild.model.purchase import Message, Reply, Sink
from iconbuild.model.work import Plan
from iconbuild.pictures.encode import encode
from iconbuild.planner.graph import plan
from iconbuild.providers.iconly.provider import IconlyProvider
from iconbuild.purchasing.counter import Counter
from iconbuild.purchasing.desk import Desk
from iconbuild.report.progress import Silent
from iconbuild.store.ledger.ledger import SqliteLedger
from iconbuild.store.ledger.turns import MARGIN, SqliteTurns
from iconbuild.store.originals import OriginalsFolder
from iconbuild.store.spool import Spool
from tests.builders import Memory, loaded, toolbox
from tests.system.virtual import Nap, VirtualTime

LIMIT = IconlyProvider().limit("generation") or Limit(0, 0, 0)
TRAVEL = 0.9
"""Seconds that a request takes to the server at most: less than the margin of the window."""


class Distant:
    """A Wire to a server far away: each call takes the latency of the limit, and arrives a little after it is sent."""

    def __init__(self, time: VirtualTime) -> None:
        self._time = time
        self._lock = threading.Lock()
        self._picture = b64encode(encode(Image.new("RGBA", (8, 8), (9, 9, 9, 255)), "webp")).decode()
        self._tokens = 1_000_000
        self.sent: list[tuple[float, str]] = []
        """When each call left, and its subject."""
        self.arrived: list[float] = []
        """When each came to the server."""

    def send(self, message: Message, sink: Sink, *, sending: Callable[[], None], deadline: float) -> Reply:
        """Charge and draw."""
        del deadline
        sending()
        asked = json.loads(message.body)
        with self._lock:
            self.sent.append((self._time.now, asked["subject"]))
            travel = TRAVEL * (len(self.sent) * 7 % 10) / 10
        self._time.sleep(travel)
        with self._lock:
            self.arrived.append(self._time.now)
            self._tokens -= 20 if asked.get("use_as_reference") else 6
            left = self._tokens
        self._time.sleep(LIMIT.latency - travel)
        sink.head(200, {"content-type": "application/json"})
        sink.write(json.dumps({"image_data": self._picture, "remaining_tokens": left}).encode())
        return sink.reply()


class Rehearsal(NamedTuple):
    """A state folder and a server, by a virtual clock."""

    folder: Path
    time: VirtualTime
    wire: Distant

    def build(self, name: str, text: str, *, margin: float = MARGIN) -> None:
        """Draw all icons of a manifest; one project of its own by each name."""
        root = self.folder / name
        root.mkdir()
        planned = plan(loaded(root, text), {}, toolbox())
        todo = [action for action in planned.actions.values() if action.pool == "generation"]
        desk = Desk(self._counter(root, planned, margin))
        tools = toolbox(Memory())._replace(drawers={"iconly": desk})
        outcome = execute(todo, Job(tools, str(root), {}, Silent(), halt=desk.halt))
        assert (outcome.failures, outcome.stopped, outcome.generated) == ((), None, len(todo))

    def _counter(self, root: Path, planned: Plan, margin: float) -> Counter:
        state = str(self.folder / "state")
        originals = OriginalsFolder(str(root / "originals"))
        return Counter(
            remote=IconlyProvider(),
            wire=self.wire,
            account="me",
            ledger=SqliteLedger(state, clock=self.time.moment),
            turns=SqliteTurns(state, margin=margin, clock=self.time.moment),
            spool=Spool(state),
            originals=originals,
            folder=str(root / "originals"),
            elsewhere=OriginalsFolder,
            cache=Memory(),
            project=str(root / "icons.yaml"),
            limit=lambda _: LIMIT,
            prices=planned.prices,
            budget=Decimal(1_000_000),
            pause=Nap(self.time),
            alone=_alone,
        )


@contextmanager
def _alone() -> Iterator[None]:
    yield
