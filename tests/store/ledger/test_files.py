from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from iconbuild.errors import FilesystemError, StoreError
from iconbuild.model.purchase import Attempt, Balance, Held, Reading
from iconbuild.store.ledger.ledger import SqliteLedger
from tests.store.ledger.orders import DIGEST, PROJECT, claimed, key_of, order, tree

ACCOUNT = order().account


class Written(SqliteLedger):
    """A ledger with one attempt of each kind."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.db, self.journal = folder / "ledger.db", folder / "journal.ndjson"
        self.read_balance(ACCOUNT, Balance(Decimal(100), {}))
        bought, unclear, refused, _ = (claimed(self, name) for name in ("bought", "unclear", "refused", "open"))
        for each in (bought, unclear, refused):
            self.sending(each)
        self.unknown(unclear, "cut")
        self.void(refused, "400")
        self.settled(bought, DIGEST, Decimal(94))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Written]:
    book = Written(tmp_path / "state")
    yield book
    book.close()


def seen(ledger: SqliteLedger) -> tuple[list[Attempt], list[Reading], Decimal]:
    return ledger.attempts(), ledger.readings(ACCOUNT), ledger.spent(PROJECT)


def garbage(path: Path) -> None:
    path.write_bytes(b"x" * 5000)


def holes(path: Path) -> None:
    """Everything but the first page is gone."""
    raw = path.read_bytes()
    path.write_bytes(raw[:4096] + bytes(len(raw) - 4096))


@pytest.mark.parametrize("damage", [Path.unlink, garbage, holes, lambda path: path.write_bytes(b"")])
def test_the_journal_is_enough(ledger: Written, damage: object) -> None:
    before = seen(ledger)
    damage(ledger.db)  # type: ignore[operator]
    litter = ledger.db.with_name("ledger.db-journal")
    litter.write_bytes(b"left of the old one")
    now = tree(ledger.db.parent)
    other = SqliteLedger(str(ledger.db.parent))
    assert seen(other) == before
    assert tree(ledger.db.parent) == now, "looking changes nothing"
    claimed(other, "next")
    assert seen(other)[0][:4] == before[0]
    assert not litter.exists()
    assert other.claim(order("open"), budget=None, retry_unknown=False) == Held(f"process {os.getpid()}")
    other.close()


def test_half_a_transaction_of_a_lost_ledger_is_not_taken_back_in_the_new_one(ledger: Written) -> None:
    left = ledger.db.with_name("ledger.db-journal")
    with closing(sqlite3.connect(ledger.db, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE attempts SET note = ?", ("x" * 9000,))
        half = left.read_bytes()
    for number in range(20):
        claimed(ledger, f"later {number}")
    before = seen(ledger)
    for lose in (Path.unlink, garbage):
        lose(ledger.db)
        left.write_bytes(half)
        assert seen(ledger) == before
        ledger.orphans()
        assert seen(ledger) == before
        assert not left.exists()


def test_a_damaged_ledger_is_moved_aside(ledger: Written) -> None:
    for number in (1, 2):
        garbage(ledger.db)
        claimed(SqliteLedger(str(ledger.db.parent)), str(number))
        assert ledger.db.with_name(f"ledger.db.damaged-{number}").read_bytes() == b"x" * 5000


def test_damage_under_a_running_process_is_mended_or_told(ledger: Written) -> None:
    told = 0
    for page in range(1, 14):
        before = seen(ledger)
        raw = ledger.db.read_bytes()
        ledger.db.write_bytes(raw[: page * 4096] + b"x" * 4096 + raw[(page + 1) * 4096 :])
        try:
            claimed(ledger, f"{page}")
        except StoreError:
            told += 1
            claimed(ledger, f"{page}")
        assert seen(ledger)[0][:-1] == before[0]
    assert told > 0


@pytest.mark.parametrize("rest", [None, b"", b'{"journal":1}\n'])
def test_the_ledger_is_enough(ledger: Written, rest: bytes | None) -> None:
    ledger.journal.unlink()
    if rest is not None:
        ledger.journal.write_bytes(rest)
    claimed(ledger, "next")
    before = seen(ledger)
    ledger.db.unlink()
    assert seen(ledger) == before
    claimed(ledger, "one more")
    assert seen(ledger)[0][:-1] == before[0]


def test_without_both_nothing_is_certain(ledger: Written) -> None:
    garbage(ledger.db)
    ledger.journal.unlink()
    for attempt in (lambda: claimed(ledger, "next"), lambda: seen(ledger)):
        with pytest.raises(StoreError, match="is damaged") as caught:
            attempt()
        assert "uncertain" in caught.value.remedy
    assert ledger.db.read_bytes() == b"x" * 5000


def test_an_old_copy_of_the_ledger_does_not_win(ledger: Written) -> None:
    old = ledger.db.read_bytes()
    for name in ("new", "newer"):
        claimed(ledger, name)
    before = seen(ledger)
    ledger.db.write_bytes(old)
    claimed(ledger, "newest")
    assert seen(ledger)[0][:-1] == before[0]


def test_a_line_that_nobody_can_read_is_named(ledger: Written) -> None:
    lines = ledger.journal.read_bytes().split(b"\n")
    for bad in (
        b"{",
        b'{"n":1}',
        b'{"n":1,"attempt":"a","set":{"; DROP":1}}',
        b'{"n":1,"attempt":"x","set":{"state":1}}',
    ):
        ledger.db.unlink(missing_ok=True)
        ledger.journal.write_bytes(b"\n".join([*lines[:3], bad, *lines[4:]]))
        for attempt in (lambda: claimed(ledger, "next"), lambda: seen(ledger)):
            with pytest.raises(StoreError, match=r"journal\.ndjson:4: .* uncertain") as caught:
                attempt()
            assert caught.value.exit_code == 8
        assert not ledger.db.exists()


def test_a_journal_that_ends_anywhere_is_a_journal(ledger: Written) -> None:
    """Whoever died while writing the last line did not act upon it."""
    whole = ledger.journal.read_bytes()
    start = whole[:-1].rfind(b"\n") + 1
    full = seen(ledger)
    for end in range(start, len(whole)):
        ledger.db.unlink(missing_ok=True)
        ledger.journal.write_bytes(whole[:end])
        found = ledger.attempts()
        assert [each.state for each in found] == ["sending", "unknown", "void", "intent"]
        if end % 50 == 0:
            ledger.read_balance("other", Balance(Decimal(1), {}))
            assert ledger.attempts() == found
            assert ledger.journal.read_bytes().startswith(whole[:start] + b'{"n":')
    ledger.db.unlink(missing_ok=True)
    ledger.journal.write_bytes(whole)
    assert seen(ledger) == full


def test_a_journal_may_end_within_its_first_line(tmp_path: Path) -> None:
    for end in range(14):
        (tmp_path / "journal.ndjson").write_bytes(b'{"journal":1}\n'[:end])
        assert SqliteLedger(str(tmp_path)).attempts() == []
        claimed(SqliteLedger(str(tmp_path)))
        before = SqliteLedger(str(tmp_path)).attempts()
        (tmp_path / "ledger.db").unlink()
        assert SqliteLedger(str(tmp_path)).attempts() == before
        (tmp_path / "journal.ndjson").unlink()


def test_lines_that_never_counted_are_cut_off(ledger: Written) -> None:
    before = ledger.journal.read_bytes()
    for tail in (b'{"n":', bytes(30), before.splitlines(keepends=True)[-1].replace(b'"n":9', b'"n":10')):
        ledger.journal.write_bytes(before + tail)
        ledger.read_balance("other", Balance(Decimal(1), {}))
        after = ledger.journal.read_bytes()
        assert after.startswith(before + b'{"n":')
        assert json.loads(after[len(before) :])["reading"]["account"] == "other"
        before = after


def test_a_newer_ledger_is_left_alone(ledger: Written) -> None:
    db = sqlite3.connect(ledger.db)
    db.execute("PRAGMA user_version = 2")
    db.close()
    now = tree(ledger.db.parent)
    for attempt in (lambda: claimed(ledger, "next"), lambda: seen(ledger), lambda: ledger.standing([key_of("a")])):
        with pytest.raises(StoreError, match="newer iconbuild"):
            attempt()
    assert tree(ledger.db.parent) == now


def test_a_newer_journal_is_left_alone(ledger: Written) -> None:
    ledger.db.unlink()
    ledger.journal.write_bytes(b'{"journal":2}\nwho knows\n')
    for attempt in (lambda: claimed(ledger, "next"), lambda: seen(ledger)):
        with pytest.raises(StoreError, match="newer iconbuild"):
            attempt()
    assert not ledger.db.exists()


def test_a_path_with_signs_in_it(tmp_path: Path) -> None:
    state = tmp_path / "what? 100% #1"
    ledger = SqliteLedger(str(state))
    claimed(ledger)
    assert len(ledger.attempts()) == 1
    ledger.close()


def test_a_read_only_folder_is_told(ledger: Written, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(FilesystemError):
        claimed(SqliteLedger(str(blocked)))
    assert SqliteLedger(str(blocked)).attempts() == []


def test_a_lock_that_is_a_link_is_refused(ledger: Written, tmp_path: Path) -> None:
    lock = ledger.db.with_name("ledger.lock")
    lock.unlink()
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FilesystemError, match="cannot lock"):
        claimed(ledger, "next")
    assert not (tmp_path / "elsewhere").exists()
