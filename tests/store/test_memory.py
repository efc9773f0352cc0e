from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.model.artifact import WEBP, Payload
from iconbuild.store.lockfile import LockEntry
from iconbuild.store.memory import Memory
from iconbuild.store.originals import OriginalsFolder
from tests.builders import Memory as Cache
from tests.store.ledger.orders import key_of

KEY = key_of("house")
PAYLOAD = Payload(b"RIFF....WEBP", WEBP)
NO_LOCK: dict[tuple[bool, str], LockEntry] = {}


def memory(folder: Path) -> Memory:
    originals = OriginalsFolder(str(folder))
    return Memory(originals, Cache(), paid={KEY}, lock=NO_LOCK, elsewhere=lambda key: None)  # type: ignore[arg-type]


def test_what_nobody_speaks_of_was_not_bought(tmp_path: Path) -> None:
    assert memory(tmp_path).lookup(KEY) is None
    assert not memory(tmp_path).missing(KEY)


@pytest.mark.parametrize("raw", [b"", b"<<<<<<< HEAD\n", b"version https://git-lfs.github.com/spec/v1\n"])
def test_a_record_that_cannot_be_read_means_that_something_bought_is_missing(tmp_path: Path, raw: bytes) -> None:
    """In a clone without a lock nothing else knows of it, and it would be bought again in silence."""
    OriginalsFolder(str(tmp_path / "originals")).keep(KEY, "{}", PAYLOAD)
    assert not memory(tmp_path / "originals").missing(KEY)
    (tmp_path / "originals" / KEY[:2] / f"{KEY}.json").write_bytes(raw)
    assert memory(tmp_path / "originals").lookup(KEY) is None
    assert memory(tmp_path / "originals").missing(KEY)
