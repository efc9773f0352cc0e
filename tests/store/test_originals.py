from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from iconbuild.disk import TEMP_PREFIX
from iconbuild.errors import FilesystemError, StoreError
from iconbuild.model.artifact import JPEG, JSON, PNG, SVG, WEBP, Artifact, Payload
from iconbuild.model.values import Params
from iconbuild.store.originals import DamagedOriginalError, OriginalsFolder
from tests.builders import digest_of
from tests.store.ledger.orders import key_of

DATA, RECIPE = b"RIFF....WEBP", '{"kind":"generate","subject":"house"}'
KEY = key_of("house")
PAYLOAD = Payload(DATA, WEBP, Params({"warnings": ["pale"]}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".iconbuild" / "originals"


@pytest.fixture
def originals(folder: Path) -> OriginalsFolder:
    return OriginalsFolder(str(folder))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_known_at_first_and_nothing_made(originals: OriginalsFolder, tmp_path: Path) -> None:
    assert originals.lookup(KEY) is originals.recorded(KEY) is originals.named(digest_of(DATA)) is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_found_by_key_and_by_digest(originals: OriginalsFolder, folder: Path) -> None:
    artifact = originals.keep(KEY, RECIPE, PAYLOAD)
    assert artifact == Artifact(digest_of(DATA), WEBP, len(DATA), PAYLOAD.facts)
    other = OriginalsFolder(str(folder))
    assert other.lookup(KEY) == other.recorded(KEY) == artifact
    assert other.read(artifact) == PAYLOAD
    assert other.named(artifact.digest) == artifact._replace(facts=Params())
    record = {"digest": digest_of(DATA), "facts": {"warnings": ["pale"]}, "media": WEBP, "recipe": json.loads(RECIPE)}
    line = json.dumps({**record, "size": len(DATA)}, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    assert tree(folder) == {
        f"{artifact.digest[:2]}/{artifact.digest}.webp": DATA,
        f"{KEY[:2]}/{KEY}.json": line,
    }


def test_nothing_tells_when_or_where(originals: OriginalsFolder, folder: Path, tmp_path: Path) -> None:
    """So that two branches that bought the same merge, and one that bought more adds files."""
    originals.keep(KEY, RECIPE, PAYLOAD)
    before = tree(folder)
    originals.keep(KEY, RECIPE, PAYLOAD)
    assert tree(folder) == before
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    OriginalsFolder(str(elsewhere / "originals")).keep(KEY, RECIPE, PAYLOAD)
    assert tree(elsewhere / "originals") == before


@pytest.mark.parametrize("media", [WEBP, PNG, SVG, JPEG, JSON])
def test_every_kind_of_picture(originals: OriginalsFolder, media: str) -> None:
    artifact = originals.keep(KEY, RECIPE, Payload(b"bytes", media))
    assert originals.read(artifact).media == media


def test_two_recipes_may_make_the_same_bytes(originals: OriginalsFolder, folder: Path) -> None:
    one, other = (originals.keep(key_of(name), RECIPE, PAYLOAD) for name in ("a", "b"))
    assert one == other
    assert len(tree(folder)) == 3


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{}", b"\xff", b"<<<<<<< HEAD\n", b'{"digest":"../../x"}'])
def test_a_damaged_record_is_not_there(originals: OriginalsFolder, folder: Path, raw: bytes) -> None:
    artifact = originals.keep(KEY, RECIPE, PAYLOAD)
    record = folder / KEY[:2] / f"{KEY}.json"
    record.write_bytes(raw)
    assert originals.lookup(KEY) is None
    assert originals.named(artifact.digest) is not None
    originals.adopt(KEY, RECIPE, artifact)
    assert originals.lookup(KEY) == artifact


def test_bytes_that_are_gone_are_still_recorded(originals: OriginalsFolder, folder: Path) -> None:
    artifact = originals.keep(KEY, RECIPE, PAYLOAD)
    path = folder / artifact.digest[:2] / f"{artifact.digest}.webp"
    path.write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    assert originals.lookup(KEY) is None
    assert originals.recorded(KEY) == artifact
    path.unlink()
    assert originals.lookup(KEY) is None
    with pytest.raises(DamagedOriginalError):
        originals.adopt(key_of("other"), RECIPE, artifact)
    assert originals.recorded(key_of("other")) is None


def test_damaged_bytes_are_told_and_not_removed(originals: OriginalsFolder, folder: Path) -> None:
    artifact = originals.keep(KEY, RECIPE, PAYLOAD)
    path = folder / artifact.digest[:2] / f"{artifact.digest}.webp"
    path.write_bytes(b"X" + DATA[1:])
    assert originals.lookup(KEY) == artifact
    with pytest.raises(StoreError, match=re.escape(str(path))) as caught:
        originals.read(artifact)
    assert caught.value.exit_code == 8
    assert path.read_bytes() == b"X" + DATA[1:]
    with pytest.raises(ValueError, match="other bytes"):
        originals.mend(artifact.digest, Payload(b"X", WEBP))
    originals.mend(artifact.digest, PAYLOAD)
    assert originals.read(artifact) == PAYLOAD
    path.write_bytes(b"X" + DATA[1:])
    originals.keep(KEY, RECIPE, PAYLOAD)
    assert originals.read(artifact) == PAYLOAD


def test_what_is_no_digest_names_nothing(originals: OriginalsFolder, tmp_path: Path) -> None:
    (tmp_path / "x.webp").write_bytes(DATA)
    assert originals.named(digest_of(DATA)[:-1]) is None
    assert originals.named("../" * 20 + "etcx") is None  # type: ignore[arg-type]


def test_only_pictures_are_kept(originals: OriginalsFolder, folder: Path) -> None:
    with pytest.raises(ValueError, match="text/html"):
        originals.keep(KEY, RECIPE, Payload(b"<html>", "text/html"))
    assert not folder.exists()


def test_a_link_out_of_the_project_is_not_followed(originals: OriginalsFolder, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.parent.mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    for act in (originals.prepare, lambda: originals.keep(KEY, RECIPE, PAYLOAD)):
        with pytest.raises(FilesystemError, match="is not a folder"):
            act()
    assert tree(tmp_path / "elsewhere") == {}


def test_a_file_in_the_way_is_told_before_anything_is_paid(
    originals: OriginalsFolder, folder: Path, tmp_path: Path
) -> None:
    originals.prepare()
    assert list(folder.iterdir()) == []
    folder.rmdir()
    folder.write_text("")
    with pytest.raises(FilesystemError, match="is not a folder"):
        originals.prepare()
    with pytest.raises(FilesystemError, match="cannot create"):
        OriginalsFolder(str(tmp_path / "gone" / "far" / "originals")).prepare()


def test_litter_of_the_dead_goes(originals: OriginalsFolder, folder: Path) -> None:
    originals.keep(KEY, RECIPE, PAYLOAD)
    script = "import os; print(os.getpid())"
    number = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout.strip()
    litter = folder / KEY[:2] / f"{TEMP_PREFIX}{number}-00000000"
    litter.write_bytes(b"")
    originals.keep(KEY, RECIPE, PAYLOAD)
    assert not litter.exists()


def test_a_record_that_nobody_can_read_still_says_that_something_was_bought(
    originals: OriginalsFolder, folder: Path
) -> None:
    assert not originals.mentions(KEY)
    originals.keep(KEY, RECIPE, PAYLOAD)
    for raw in (b"<<<<<<< HEAD\n", b""):
        (folder / KEY[:2] / f"{KEY}.json").write_bytes(raw)
        assert originals.mentions(KEY)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


@pytest.mark.parametrize("make", [device, os.mkfifo, sparse], ids=["device", "pipe", "huge"])
def test_what_a_stranger_put_there_is_neither_waited_for_nor_read(
    originals: OriginalsFolder, folder: Path, make: Callable[[Path], None]
) -> None:
    artifact = originals.keep(KEY, RECIPE, PAYLOAD)
    record, picture = folder / KEY[:2] / f"{KEY}.json", folder / artifact.digest[:2] / f"{artifact.digest}.webp"
    for path in (record, picture):
        path.unlink()
        make(path)
    assert originals.recorded(KEY) is originals.lookup(KEY) is None
    with pytest.raises(DamagedOriginalError):
        originals.read(artifact)
    originals.keep(KEY, RECIPE, PAYLOAD)
    assert originals.read(artifact) == PAYLOAD
    assert originals.lookup(KEY) == artifact
