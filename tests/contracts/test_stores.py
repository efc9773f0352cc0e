"""What every store has to keep: what was recorded is read back, and what is damaged is not there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.errors import StoreError
from iconbuild.model.artifact import PNG, SVG, Artifact, Payload
from iconbuild.model.ports import Store
from iconbuild.model.values import ActionKey, Params
from iconbuild.store.cache import Cache
from tests.builders import Memory, action, digest_of

Open = Callable[[Path], Store]
STORES: dict[str, Open] = {"cache": lambda folder: Cache(str(folder / "cache")), "memory": lambda _: Memory()}
FACTS = Params({"icon": "ph:house", "score": 0.25, "warnings": ["not sure"], "profile": {"weight": 2}})


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store."""
    return STORES[request.param](tmp_path)


def test_nothing_is_known_at_first(store: Store) -> None:
    assert store.lookup(ActionKey("0" * 64)) is None


def test_what_is_recorded_is_found_and_read(store: Store) -> None:
    payload = Payload(data=b"<svg/>", media=SVG, facts=FACTS)
    artifact = store.record(action("a"), payload)
    assert artifact == Artifact(digest=digest_of(b"<svg/>"), media=SVG, size=6, facts=FACTS)
    assert store.lookup(action("a").key) == artifact
    assert store.read(artifact) == payload
    assert store.lookup(action("b").key) is None


def test_equal_bytes_of_two_actions_are_one_artifact(store: Store) -> None:
    one = store.record(action("a"), Payload(data=b"same", media=PNG))
    other = store.record(action("b"), Payload(data=b"same", media=PNG))
    assert one == other == store.lookup(action("a").key) == store.lookup(action("b").key)


def test_recording_again_replaces(store: Store) -> None:
    store.record(action("a"), Payload(data=b"before", media=PNG))
    after = store.record(action("a"), Payload(data=b"after", media=PNG))
    assert store.lookup(action("a").key) == after
    assert store.read(after).data == b"after"


def test_bytes_that_were_never_kept_are_an_error(store: Store) -> None:
    with pytest.raises((StoreError, KeyError)):
        store.read(Artifact(digest=digest_of(b"never"), media=PNG, size=5))


def test_empty_bytes_are_bytes(store: Store) -> None:
    artifact = store.record(action("a"), Payload(data=b"", media=PNG))
    assert store.lookup(action("a").key) == artifact
    assert store.read(artifact).data == b""


@pytest.mark.parametrize("name", STORES)
@given(st.binary(max_size=200), st.text(max_size=20), st.dictionaries(st.text(), st.text() | st.integers()))
def test_any_bytes_and_facts(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes, media: str, facts: dict[str, str | int]
) -> None:
    store = STORES[name](tmp_path_factory.getbasetemp() / "stores")
    payload = Payload(data=data, media=media, facts=Params(facts))
    artifact = store.record(action("any"), payload)
    assert store.lookup(action("any").key) == artifact
    assert store.read(artifact) == payload


def test_threads_do_not_meet(store: Store) -> None:
    def work(number: int) -> bytes:
        payload = Payload(data=b"%d" % (number % 7), media=PNG)
        return store.read(store.record(action(f"a{number % 13}"), payload)).data

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(200))) == [b"%d" % (number % 7) for number in range(200)]
    for number in range(13):
        found = store.lookup(action(f"a{number}").key)
        assert found is not None
        assert digest_of(store.read(found).data) == found.digest
