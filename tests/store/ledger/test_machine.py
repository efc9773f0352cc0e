"""Any order of purchases, deaths, recoveries and damage: money is never lost, and no key is sold twice in silence."""

from __future__ import annotations

import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from iconbuild.errors import BudgetError
from iconbuild.model.purchase import Bought, Claimed, Held, State, Unresolved
from iconbuild.store.ledger.ledger import SqliteLedger
from tests.store.ledger.orders import DIGEST, PROJECT, key_of, order

BUDGET, PRICE = Decimal(40), 6
NAMES = st.sampled_from("abc")
ACTORS = st.integers(0, 2)


class Sold:
    """An attempt as the world knows it."""

    def __init__(self, name: str, actor: int | None) -> None:
        self.name, self.actor = name, actor
        self.state: State = "intent"
        self.charged = self.waived = False


class Purchases(RuleBasedStateMachine):
    """Three processes, a server that charges when it likes, and somebody who damages files."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.actors = [SqliteLedger(str(self.folder)) for _ in range(3)]
        self.world: dict[str, Sold] = {}

    def teardown(self) -> None:
        for each in self.actors:
            each.close()
        shutil.rmtree(self.folder)

    def booked(self) -> Decimal:
        return Decimal(PRICE * sum(each.state != "void" for each in self.world.values()))

    def mine(self, actor: int, *states: State) -> tuple[SqliteLedger, str | None]:
        found = (id_ for id_, each in self.world.items() if each.actor == actor and each.state in states)
        return self.actors[actor], next(found, None)

    @rule(actor=ACTORS, name=NAMES, retry=st.booleans())
    def claim(self, actor: int, name: str, retry: bool) -> None:
        before = {id_: each for id_, each in self.world.items() if each.name == name and each.state != "void"}
        standing = {id_: each for id_, each in before.items() if not each.waived}
        try:
            claim = self.actors[actor].claim(order(name, worst=PRICE), budget=BUDGET, retry_unknown=retry)
        except BudgetError:
            dead = sum(each.actor is None and each.state == "intent" for each in standing.values())
            assert self.booked() - PRICE * dead + PRICE > BUDGET
            return
        match claim:
            case Claimed(attempt=attempt):
                for each in standing.values():
                    assert each.actor is None
                    assert each.state == "intent" or (each.state == "unknown" and retry)
                    if each.state == "intent":
                        each.state = "void"
                    else:
                        each.waived = True
                self.world[attempt] = Sold(name, actor)
            case Bought(attempt=attempt):
                assert standing[attempt].state == "settled"
            case Held():
                assert any(each.actor is not None for each in standing.values())
            case Unresolved(attempt=attempt):
                assert standing[attempt].actor is None
                assert standing[attempt].state in ("unknown", "sending", "received")
                assert not (retry and standing[attempt].state == "unknown")
                standing[attempt].state = "unknown"

    @rule(actor=ACTORS, charged=st.booleans())
    def send(self, actor: int, charged: bool) -> None:
        ledger, attempt = self.mine(actor, "intent")
        if attempt:
            ledger.sending(attempt)
            self.world[attempt].state, self.world[attempt].charged = "sending", charged

    @rule(actor=ACTORS)
    def answer(self, actor: int) -> None:
        ledger, attempt = self.mine(actor, "sending")
        if attempt is None:
            return
        ledger.received(attempt)
        self.world[attempt].state = "received"

    @rule(actor=ACTORS, again=st.booleans())
    def end(self, actor: int, again: bool) -> None:
        ledger, attempt = self.mine(actor, "received")
        if attempt is None:
            return
        each = self.world[attempt]
        if each.charged:
            ledger.settled(attempt, DIGEST, None)
            each.state = "settled"
        elif again:
            ledger.unsent(attempt)
            each.state = "intent"
            return
        else:
            ledger.void(attempt, "refused")
            each.state = "void"
        each.actor = None

    @rule(actor=ACTORS)
    def break_off(self, actor: int) -> None:
        ledger, attempt = self.mine(actor, "sending")
        if attempt:
            ledger.unknown(attempt, "reset")
            self.world[attempt].state, self.world[attempt].actor = "unknown", None

    @rule(actor=ACTORS)
    def die(self, actor: int) -> None:
        self.actors[actor].close()
        self.actors[actor] = SqliteLedger(str(self.folder))
        for each in self.world.values():
            each.actor = None if each.actor == actor else each.actor

    @rule(actor=ACTORS)
    def recover(self, actor: int) -> None:
        ledger = self.actors[actor]
        dead = {id_ for id_, each in self.world.items() if each.actor is None and each.state in _OPEN}
        orphans = ledger.orphans()
        assert {each.id for each in orphans} == dead
        for orphan in orphans:
            each = self.world[orphan.id]
            assert orphan.state == each.state
            if each.state == "intent":
                ledger.void(orphan.id, "")
                each.state = "void"
            elif each.state == "received" and each.charged:
                ledger.settled(orphan.id, DIGEST, None)
                each.state = "settled"
            else:
                ledger.unknown(orphan.id, "")
                each.state = "unknown"

    @precondition(lambda self: (self.folder / "ledger.db").exists())
    @rule(data=st.data())
    def damage(self, data: st.DataObject) -> None:
        """Whatever happens to one of the two files, the other has it all."""
        path = self.folder / data.draw(st.sampled_from(["ledger.db", "journal.ndjson"]))
        raw = path.read_bytes()
        if path.name == "journal.ndjson":
            data.draw(st.sampled_from([path.unlink, lambda: path.write_bytes(raw[: len(raw) // 2])]))()
        else:
            data.draw(st.sampled_from([path.unlink, lambda: path.write_bytes(b"x" * len(raw))]))()
        self.the_ledger_knows_all()
        self.actors[data.draw(ACTORS)].orphans()  # whoever may write puts both right

    @invariant()
    def the_ledger_knows_all(self) -> None:
        for id_, each in ((found.id, found) for found in self.actors[0].attempts()):
            known = self.world[id_]
            assert (each.state, each.waived) == (known.state, known.waived)
            assert each.spent == (0 if known.state == "void" else PRICE)
        assert len(self.actors[0].attempts()) == len(self.world)

    @invariant()
    def money_is_safe(self) -> None:
        assert self.booked() == self.actors[1].spent(PROJECT) <= BUDGET
        assert all(each.state != "void" for each in self.world.values() if each.charged)
        for name in "abc":
            sold = [each for each in self.world.values() if each.name == name and each.charged]
            assert sum(not each.waived for each in sold) <= 1
        assert self.actors[2].standing([key_of("a")]).keys() <= {key_of("a")}


_OPEN = ("intent", "sending", "received")
TestPurchases = Purchases.TestCase
TestPurchases.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
