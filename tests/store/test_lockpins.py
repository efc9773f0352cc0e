"""What a line of the lock says of a picture that was bought, and of its place in a library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from iconbuild.errors import StoreError
from iconbuild.model.session import LockEntry
from iconbuild.store.lockfile import lock_bytes, pinned_originals, read_lock, removed_from, renewed
from tests.builders import icon, manifest, planned
from tests.store.test_lockfile import MADE, digests

ORIGINAL = "a1" * 32
PLACE = {
    "key": "0123456789ab",
    "css_class": "ci ci-cart",
    "icon_id": "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11",
    "slug": "cart",
    "url": "https://cdn.example/cart.webp",
}


def test_what_was_bought_and_saved_stands_between_the_provider_and_the_files() -> None:
    entry = LockEntry("cart", key="k", provider="iconly", files=("ab" * 14,), original=ORIGINAL, library=PLACE)
    assert lock_bytes([entry, entry._replace(name="bag", library=None)]).decode() == (
        f'{{"icon":"bag","key":"k","provider":"iconly","original":"{ORIGINAL}","files":["{"ab" * 14}"],"v":1}}\n'
        f'{{"icon":"cart","key":"k","provider":"iconly","original":"{ORIGINAL}","library":{{"key":"0123456789ab",'
        '"css_class":"ci ci-cart","icon_id":"6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11","slug":"cart",'
        f'"url":"https://cdn.example/cart.webp"}},"files":["{"ab" * 14}"],"v":1}}\n'
    )


def test_its_lines_are_what_the_schema_says() -> None:
    schema = json.loads((Path(__file__).parents[2] / "schemas" / "lock.schema.json").read_text())
    validator = Draft202012Validator(schema)
    entry = LockEntry("cart", key="0" * 64, provider="iconly", original=ORIGINAL, library=PLACE)
    line = json.loads(lock_bytes([entry]))
    validator.validate(line)
    for field, wrong in [("original", ""), ("original", "A1" * 32), ("library", None), ("library", {"key": "0" * 12})]:
        assert not validator.is_valid({**line, field: wrong}), (field, wrong)


WRONG = [
    *(f'"original":{wrong}' for wrong in ('""', "null", "7", "[]", '"short"', f'"{"A1" * 32}"')),
    *(f'"library":{wrong}' for wrong in ("null", "7", "[]", '"x"', "{}", json.dumps({**PLACE, "slug": 7}))),
    *(f'"library":{json.dumps({**PLACE, "key": wrong})}' for wrong in ("", "0123", "0123456789AB")),
]


@pytest.mark.parametrize("field", WRONG)
def test_what_is_none_of_ours_is_refused_with_its_line(tmp_path: Path, field: str) -> None:
    sound = lock_bytes([LockEntry("a", key="k", provider="iconly")])
    (tmp_path / "icons.lock").write_bytes(sound + sound.replace(b'"files"', field.encode() + b',"files"'))
    with pytest.raises(StoreError, match=r"icons\.lock:2 is not a line of a lock"):
        read_lock(str(tmp_path / "icons.lock"))


def read_lines(folder: Path, *entries: LockEntry) -> LockEntry:
    """The one entry of a lock with these lines, in this order."""
    path = folder / "icons.lock"
    path.write_bytes(b"".join(lock_bytes([entry]) for entry in entries))
    (entry,) = read_lock(str(path))[0].values()
    return entry


def test_of_two_lines_for_one_icon_the_later_counts_with_all_that_is_known_of_its_picture(tmp_path: Path) -> None:
    bare = LockEntry("a", key="k", provider="iconly")
    paid = bare._replace(original=ORIGINAL, library=PLACE)
    newer = paid._replace(original="b2" * 32, library={**PLACE, "slug": "a-2"})
    assert read_lines(tmp_path, paid, bare) == read_lines(tmp_path, bare, paid) == paid
    assert read_lines(tmp_path, paid, newer) == newer
    assert read_lines(tmp_path, paid, bare._replace(key="another")) == bare._replace(key="another")


def test_fields_of_later_versions_are_left_alone(tmp_path: Path) -> None:
    entry = LockEntry("a", key="k", provider="iconly", original=ORIGINAL, library=PLACE)
    raw = lock_bytes([entry]).replace(b'"slug"', b'"new":[1],"slug"').replace(b'"files"', b'"new":{},"files"')
    (tmp_path / "icons.lock").write_bytes(raw)
    assert list(read_lock(str(tmp_path / "icons.lock"))[0].values()) == [entry]


def test_what_was_bought_or_saved_now_is_pinned() -> None:
    plan = planned(MADE)
    bare = renewed(plan, {}, digests(plan)).splitlines()
    pinned = renewed(plan, {}, digests(plan), {"b": ORIGINAL}, {"b": PLACE}).splitlines()
    assert (pinned[0], pinned[2]) == (bare[0], bare[2])
    assert json.loads(pinned[1]) == {**json.loads(bare[1]), "original": ORIGINAL, "library": PLACE}


def test_pins_of_the_same_picture_stay_where_nothing_new_is_known_and_others_go(tmp_path: Path) -> None:
    plan = planned(MADE)
    raw = renewed(plan, {}, digests(plan), {"a": ORIGINAL, "b": ORIGINAL}, {"a": PLACE})
    (tmp_path / "icons.lock").write_bytes(raw)
    old, _ = read_lock(str(tmp_path / "icons.lock"))
    assert renewed(plan, old, digests(plan)) == raw
    assert renewed(plan, old, {}) == raw
    newer = renewed(plan, old, digests(plan), {"a": "b2" * 32}, {"a": {**PLACE, "slug": "a-2"}}).splitlines()
    assert b'"b2b2' in newer[0]
    assert b'"slug":"a-2"' in newer[0]
    assert newer[1:] == raw.splitlines()[1:]
    other = planned(manifest(icon("a", subject="another"), icon("b"), outputs=MADE.outputs))
    lines = [json.loads(line) for line in renewed(other, old, digests(other)).splitlines()]
    assert [line.get("original") for line in lines] == [None, ORIGINAL, None]
    assert "library" not in lines[0]


def test_what_leaves_a_lock_with_pins_is_told_by_its_proofs(tmp_path: Path) -> None:
    plan = planned(MADE)
    (tmp_path / "icons.lock").write_bytes(renewed(plan, {}, digests(plan), {"b": ORIGINAL}, {"b": PLACE}))
    old, _ = read_lock(str(tmp_path / "icons.lock"))
    gone = removed_from(old, planned(manifest(icon("a"))))
    assert gone == {*old[False, "b"].files, *old[True, "dist/s.png"].files}


def test_what_was_bought_is_found_by_its_recipe() -> None:
    paid = LockEntry("a", key="k", provider="iconly", original=ORIGINAL)
    entries = [paid, LockEntry("b", key="free", provider="local"), LockEntry("dist/s.png", output=True)]
    assert pinned_originals({(entry.output, entry.name): entry for entry in entries}) == {"k": ORIGINAL}
