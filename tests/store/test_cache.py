from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.disk import TEMP_PREFIX
from iconbuild.model.artifact import PNG, Payload
from iconbuild.model.values import Params
from iconbuild.model.work import Action
from iconbuild.store.cache import Cache, DamagedError
from tests.builders import action, digest_of

DATA = b"some bytes of a picture"
REPOSITORY = Path(__file__).parents[2]


class Kept:
    """A cache with one entry."""

    def __init__(self, folder: Path) -> None:
        self.cache = Cache(str(folder / "cache"))
        self.action: Action = action("a")
        self.artifact = self.cache.record(self.action, Payload(data=DATA, media=PNG))
        ((record, _),) = self.cache.entries()
        ((blob, _),) = self.cache.blobs()
        self.record, self.blob = Path(record), Path(blob)

    @property
    def known(self) -> bool:
        """Whether another process would find the entry."""
        return Cache(self.cache.folder).lookup(self.action.key) is not None


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """A cache with one entry."""
    return Kept(tmp_path)


def flipped(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


def test_bytes_of_another_size_are_not_there(kept: Kept) -> None:
    kept.blob.write_bytes(DATA[:-1])
    assert not kept.known
    kept.blob.unlink()
    assert not kept.known


def test_what_was_cut_short_is_written_again(kept: Kept) -> None:
    kept.blob.write_bytes(DATA[:5])
    kept.cache.record(kept.action, Payload(data=DATA, media=PNG))
    assert kept.cache.read(kept.artifact).data == DATA


def test_a_flipped_bit_is_found_by_reading_and_forgotten(kept: Kept) -> None:
    kept.blob.write_bytes(flipped(DATA))
    assert kept.known
    with pytest.raises(DamagedError, match=kept.artifact.digest[:12]) as caught:
        kept.cache.read(kept.artifact)
    assert caught.value.exit_code == 8
    assert caught.value.digest == kept.artifact.digest
    assert not kept.blob.exists()
    assert not kept.known
    kept.cache.record(kept.action, Payload(data=DATA, media=PNG))
    assert kept.cache.read(kept.artifact).data == DATA


def test_swapped_bytes_are_found(kept: Kept) -> None:
    other = kept.cache.record(action("b"), Payload(data=DATA[::-1], media=PNG))
    second = next(Path(path) for path, digest in kept.cache.blobs() if digest == other.digest)
    second.write_bytes(DATA)
    with pytest.raises(DamagedError):
        kept.cache.read(other)
    assert kept.cache.read(kept.artifact).data == DATA


def test_bytes_that_have_gone_are_an_error(kept: Kept) -> None:
    kept.blob.unlink()
    with pytest.raises(DamagedError):
        kept.cache.read(kept.artifact)


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"digest": 5, "media": "image/png", "size": 23}',
        b'{"media": "image/png", "size": 23}',
    ],
)
def test_a_damaged_record_is_no_record(kept: Kept, record: bytes) -> None:
    kept.record.write_bytes(record)
    assert not kept.known
    assert kept.cache.recipe(kept.action.key) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@given(st.sampled_from(["digest", "media", "size", "facts", "recipe"]), JSON)
def test_any_value_in_a_record_is_taken_or_left(
    tmp_path_factory: pytest.TempPathFactory, field: str, value: object
) -> None:
    kept = Kept(tmp_path_factory.getbasetemp() / "any value")
    kept.record.write_text(json.dumps(json.loads(kept.record.read_bytes()) | {field: value}))
    found = kept.cache.lookup(kept.action.key)
    assert found is None or found.digest == kept.artifact.digest
    kept.cache.recipe(kept.action.key)


def test_a_forged_record_removes_nothing_outside(kept: Kept, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.txt"
    theirs.write_bytes(DATA)
    for forged in (f"//{theirs}", os.path.relpath(theirs, kept.blob.parent.parent), f"..{theirs}"):
        kept.record.write_text(json.dumps({"digest": forged, "media": PNG, "size": len(DATA)}))
        assert not kept.known
    assert theirs.exists()


def test_the_recipe_is_kept_for_explanations(kept: Kept) -> None:
    assert kept.cache.recipe(kept.action.key) == json.loads(kept.action.recipe_text())
    assert kept.cache.recipe(action("b").key) is None


def test_facts_come_back_and_costs_do_not(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path))
    facts = Params({"warnings": ["not sure"], "score": 0.5})
    artifact = cache.record(action("a"), Payload(data=DATA, media=PNG, facts=facts))
    assert cache.lookup(action("a").key) == artifact
    assert cache.read(artifact).facts == facts


def test_backups_leave_it_out_and_others_cannot_look(kept: Kept) -> None:
    tag = Path(kept.cache.folder, "CACHEDIR.TAG")
    assert tag.read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert stat.S_IMODE(os.stat(kept.cache.folder).st_mode) == 0o700


def test_nothing_is_written_before_something_is_kept(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path / "cache"))
    assert cache.lookup(action("a").key) is None
    assert (list(cache.entries()), list(cache.blobs())) == ([], [])
    assert not (tmp_path / "cache").exists()


def test_entries_and_blobs_are_listed_by_name(kept: Kept) -> None:
    assert [key for _, key in kept.cache.entries()] == [kept.action.key]
    assert [digest for _, digest in kept.cache.blobs()] == [kept.artifact.digest]


WRITER = """
import sys
from iconbuild.model.artifact import Payload
from iconbuild.store.cache import Cache
from tests.builders import action
cache = Cache(sys.argv[1])
for number in range(150):
    data = b"%d" % (number % 20) * 1000
    assert cache.read(cache.record(action(f"a{number % 30}"), Payload(data=data, media="image/png"))).data == data
"""


def test_processes_do_not_meet(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "cache")]
    running = [subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE) for _ in range(3)]
    assert [process.communicate()[1] for process in running] == [b""] * 3
    assert [process.returncode for process in running] == [0] * 3
    cache = Cache(str(tmp_path / "cache"))
    assert all(digest_of(Path(path).read_bytes()) == digest for path, digest in cache.blobs())
    assert all(cache.lookup(key) for _, key in cache.entries())
    assert len(list(cache.entries())) == 30
    left = [name for _, _, names in os.walk(tmp_path) for name in names if name.startswith(TEMP_PREFIX)]
    assert left == []
