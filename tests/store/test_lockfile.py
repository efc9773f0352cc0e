from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.errors import StoreError
from iconbuild.model.manifest import lock_path
from iconbuild.model.session import LockEntry, proof
from iconbuild.model.work import Plan
from iconbuild.store.lockfile import VERSION, lock_bytes, read_lock, renewed, write_lock
from tests.builders import icon, manifest, output, planned

PROOF = 28
PROOFS = st.lists(st.text("0123456789abcdef", min_size=PROOF, max_size=PROOF), max_size=3, unique=True).map(
    lambda proofs: tuple(sorted(proofs))
)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
HEX = "0123456789abcdef"
ORIGINALS = st.just("") | st.text(HEX, min_size=64, max_size=64)
PLACES = st.fixed_dictionaries(
    {"key": st.text(HEX, min_size=12, max_size=12), "css_class": NAMES, "icon_id": NAMES, "slug": NAMES, "url": NAMES}
)
ICONS = st.builds(LockEntry, NAMES, st.just(False), NAMES, NAMES, PROOFS, ORIGINALS, st.none() | PLACES)
OUTPUTS = st.builds(lambda name, files: LockEntry(name, output=True, files=files), NAMES, PROOFS)
LOCKS = st.lists(ICONS | OUTPUTS, unique_by=lambda entry: (entry.output, entry.name))


def locked(*names: str) -> bytes:
    return lock_bytes(LockEntry(name=name, key=name * 4, provider="local", files=("0" * PROOF,)) for name in names)


def digests(plan: Plan, salt: str = "") -> dict[str, str]:
    """A digest for the file of every target."""
    return {target.path: (salt + target.key)[:64] for target in plan.targets}


@given(LOCKS, st.randoms())
def test_what_is_written_is_read_and_sorted(
    tmp_path_factory: pytest.TempPathFactory, lock: list[LockEntry], luck: object
) -> None:
    path = str(tmp_path_factory.getbasetemp() / "any.lock")
    shuffled = sorted(lock, key=lambda entry: hash((entry.name, str(luck))))
    raw = lock_bytes(shuffled)
    assert raw == lock_bytes(lock)
    write_lock(path, raw)
    entries, read = read_lock(path)
    assert read == raw
    assert entries == {(entry.output, entry.name): entry for entry in lock}
    assert list(entries) == sorted(entries)


def test_a_line_is_json_with_its_name_first() -> None:
    entries = [
        LockEntry(name="dist/s.png", output=True, files=("ab" * 8,)),
        LockEntry(name="b", key="k", provider="local", files=("cd" * 8, "ef" * 8)),
        LockEntry(name="a", key="k", provider="local"),
    ]
    assert lock_bytes(entries).decode() == (
        '{"icon":"a","key":"k","provider":"local","files":[],"v":1}\n'
        '{"icon":"b","key":"k","provider":"local","files":["cdcdcdcdcdcdcdcd","efefefefefefefef"],"v":1}\n'
        '{"output":"dist/s.png","files":["abababababababab"],"v":1}\n'
    )


@pytest.mark.parametrize(
    ("path", "lock"),
    [("icons.yaml", "icons.lock"), ("a/my.set.yml", "a/my.set.lock"), ("/x/iconbuild", "/x/iconbuild.lock")],
)
def test_it_lies_beside_the_manifest(path: str, lock: str) -> None:
    assert lock_path(path) == lock


def test_no_lock_is_an_empty_one(tmp_path: Path) -> None:
    assert read_lock(str(tmp_path / "icons.lock")) == ({}, b"")


def test_a_folder_is_no_lock(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot read .*: Is a directory"):
        read_lock(str(tmp_path))


def git(folder: Path, *words: str) -> None:
    identity = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "-c",
        "init.defaultBranch=main",
        "-c",
        "core.autocrlf=false",
    ]
    done = subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def merged(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """What git makes of two branches with `merge=union`."""
    lock = folder / "icons.lock"
    git(folder, "init", "-q")
    (folder / ".gitattributes").write_text("*.lock merge=union\n")
    for branch, data in (("main", base), ("theirs", theirs)):
        lock.write_bytes(data)
        if branch == "theirs":
            git(folder, "checkout", "-q", "-b", "theirs")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", branch)
    git(folder, "checkout", "-q", "main")
    lock.write_bytes(ours)
    git(folder, "commit", "-q", "-am", "ours")
    git(folder, "merge", "-q", "--no-edit", "theirs")
    return lock.read_bytes()


@pytest.mark.parametrize(("ours", "theirs"), [("b", "c"), ("x", "y"), ("b", "y")])
def test_two_branches_that_add_icons_merge_without_conflict(tmp_path: Path, ours: str, theirs: str) -> None:
    base = ("a", "m")
    raw = merged(tmp_path, locked(*base), locked(*base, ours), locked(*base, theirs))
    entries, _ = read_lock(str(tmp_path / "icons.lock"))
    assert lock_bytes(entries.values()) == locked(*base, ours, theirs)
    assert sorted(raw.splitlines()) == locked(*base, ours, theirs).splitlines()


def test_two_branches_that_change_one_icon_merge_to_one_of_them_with_both_proofs(tmp_path: Path) -> None:
    one, other = (LockEntry(name="a", key=key, provider="local", files=(key * PROOF,)) for key in "12")
    merged(tmp_path, locked("a"), lock_bytes([one]), lock_bytes([other]))
    entries, _ = read_lock(str(tmp_path / "icons.lock"))
    (entry,) = entries.values()
    assert entry.key in ("1", "2")
    assert entry.files == ("1" * PROOF, "2" * PROOF)


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "icons.lock"
    path.write_bytes(locked("a", "b").replace(b"\n", b"\r\n"))
    assert list(read_lock(str(path))[0]) == [(False, "a"), (False, "b")]


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "icons.lock"
    path.write_bytes(
        locked("a", "b")
        .replace(b'"v":1}\n{"icon":"b"', b'"v":1}\n{"new":true,"icon":"b"')
        .replace(b'"v":1}\n', b'"v":2}\n')
    )
    with pytest.raises(
        StoreError, match=rf"icons\.lock:1 was written by a newer .*version 2, this one knows {VERSION}"
    ):
        read_lock(str(path))


GARBAGE = [
    "no json",
    "<<<<<<< ours",
    "=======",
    "[]",
    "7",
    "null",
    "{}",
    '{"icon":"a"}',
    '{"icon":"a","key":"k","provider":"p","files":7,"v":1}',
    '{"icon":"a","key":"k","provider":"p","files":[],"v":"1"}',
    '{"icon":"a","files":[],"v":1}',
    '{"icon":"a","key":"k","provider":"p","files":[]}',
    '{"icon":"a","key":"k","provider":"p","files":[],"v":1',
]


@pytest.mark.parametrize("line", GARBAGE)
def test_garbage_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "icons.lock"
    path.write_bytes(locked("a") + line.encode() + b"\n")
    with pytest.raises(StoreError, match=r"icons\.lock:2 is not a line of a lock") as caught:
        read_lock(str(path))
    assert "merge conflict" in caught.value.remedy


MADE = manifest(icon("a"), icon("b"), outputs=(output("files", "dist"), output("sprite", "dist/s.png")))


def test_after_a_build_every_icon_and_shared_file_has_its_line() -> None:
    plan = planned(MADE)
    raw = renewed(plan, {}, digests(plan))
    lines = [json.loads(line) for line in raw.splitlines()]
    assert [line.get("icon", line.get("output")) for line in lines] == ["a", "b", "dist/s.png"]
    assert [line["key"] for line in lines[:2]] == [each.source for each in plan.icons]
    assert lines[0]["files"] == [proof(plan.targets[0].key, digests(plan)[plan.targets[0].path])]
    assert {line.get("provider") for line in lines} == {"words", None}


def test_what_was_not_made_keeps_its_line(tmp_path: Path) -> None:
    plan = planned(MADE)
    (tmp_path / "icons.lock").write_bytes(renewed(plan, {}, digests(plan)))
    old, raw = read_lock(str(tmp_path / "icons.lock"))
    assert renewed(plan, old, {}) == raw
    some = {path: digest for path, digest in digests(plan, "new").items() if "a-64" in path}
    fresh = renewed(plan, old, some).splitlines()
    assert fresh[1:] == raw.splitlines()[1:]
    assert fresh[0] != raw.splitlines()[0]
    assert renewed(plan, {}, {}) == b""


def test_what_the_manifest_has_no_more_leaves_the_lock(tmp_path: Path) -> None:
    plan = planned(MADE)
    (tmp_path / "icons.lock").write_bytes(renewed(plan, {}, digests(plan)))
    old, _ = read_lock(str(tmp_path / "icons.lock"))
    smaller = planned(manifest(icon("a")))
    assert [json.loads(line)["icon"] for line in renewed(smaller, old, digests(smaller)).splitlines()] == ["a"]


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


@pytest.mark.parametrize("make", [device, os.mkfifo, sparse], ids=["device", "pipe", "huge"])
def test_what_a_stranger_put_there_is_neither_waited_for_nor_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "icons.lock")
    with pytest.raises(StoreError, match="not a file, or too long"):
        read_lock(str(tmp_path / "icons.lock"))
