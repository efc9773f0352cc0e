"""A user's ledger, spool and originals, written by the stores themselves as a build writes them."""

from __future__ import annotations

from decimal import Decimal

from iconbuild.model.artifact import WEBP, Payload
from iconbuild.model.money import Unit
from iconbuild.model.purchase import Balance, Claimed, Order
from iconbuild.model.values import ActionKey
from iconbuild.store.ledger.ledger import SqliteLedger
from iconbuild.store.originals import OriginalsFolder
from iconbuild.store.spool import Spool
from tests.builders import digest_of
from tests.system.project import Project

PICTURE = b"RIFF a picture"


class Shelf:
    """A user's ledger, spool and originals, written as a build writes them."""

    def __init__(self, project: Project) -> None:
        self.state = project.base / "state"
        self.project = str(project.manifest)
        self.originals = project.root / ".iconbuild/originals"
        self.ledger = SqliteLedger(str(self.state))

    def claim(self, name: str, *, project: str = "", planned: int | None = 6, unit: Unit = "token") -> str:
        """An intent, held by this process."""
        price = None if planned is None else Decimal(planned)
        order = Order(
            key=ActionKey(digest_of(name.encode())),
            label=name,
            provider="iconly",
            account="me",
            task="generate",
            recipe="{}",
            project=project or self.project,
            originals=str(self.originals),
            unit=unit,
            planned=price,
            worst=price or Decimal(27),
        )
        claim = self.ledger.claim(order, budget=None, retry_unknown=True)
        assert isinstance(claim, Claimed)
        return claim.attempt

    def bought(self, name: str, *, told: bool = True, **order: object) -> str:
        """A picture that is paid for and kept; `told`: the balances show its price."""
        if told:
            self.ledger.read_balance("me", Balance(Decimal(100), {}))
        attempt = self.claim(name, **order)  # type: ignore[arg-type]
        self.ledger.sending(attempt)
        self.ledger.received(attempt)
        kept = OriginalsFolder(str(self.originals)).keep(
            ActionKey(digest_of(name.encode())), "{}", Payload(PICTURE + name.encode(), WEBP)
        )
        self.ledger.settled(attempt, kept.digest, Decimal(94) if told else None)
        return attempt

    def riddle(self, name: str, *, answer: bool = False, note: str = "status 500", **order: object) -> str:
        """A purchase of which nobody knows; `answer`: something arrived."""
        attempt = self.claim(name, **order)  # type: ignore[arg-type]
        self.ledger.sending(attempt)
        if answer:
            sink = Spool(str(self.state)).reserve(attempt)
            sink.head(500, {})
            sink.close()
        self.ledger.unknown(attempt, note)
        return attempt

    def refused(self, name: str) -> str:
        """A purchase that cost nothing."""
        attempt = self.claim(name)
        self.ledger.void(attempt, "refused: 400")
        return attempt
